//! Timers and jobs come in the order that code for node relies on.

use super::Module;

#[tokio::test]
async fn timers_and_jobs_come_in_order() {
    let body = "const seen = []; const add = (x) => seen.push(x);
        setTimeout(add, 30, 'c'); setTimeout(add, 10, 'a'); setTimeout(add, 10, 'b'); setImmediate(add, 'i');
        const dropped = setTimeout(add, 5, 'never'); clearTimeout(dropped);
        const numbered = +setTimeout(add, 5, 'never'); clearTimeout(numbered);
        queueMicrotask(() => add('m')); process.nextTick(add, 'n'); Promise.resolve().then(() => add('p'));
        setTimeout(() => { add('z1'); Promise.resolve().then(() => add('z1m')); }, 1); setTimeout(add, 1, 'z2');
        add('sync');
        await new Promise((resolve) => setTimeout(resolve, 60));
        return seen.join(' ');";
    let Some(result) = Module::run_body(body).await else {
        return;
    };
    assert_eq!(result.unwrap(), "sync m n p i z1 z1m z2 a b c");
}

#[tokio::test]
async fn intervals_repeat_until_they_are_cleared() {
    let body = "let n = 0; await new Promise((resolve) => { const t = setInterval(() => { if (++n === 3) { clearInterval(t); resolve(); } }, 2); });
        await new Promise((resolve) => setTimeout(resolve, 20)); return String(n);";
    let Some(result) = Module::run_body(body).await else {
        return;
    };
    assert_eq!(result.unwrap(), "3");
}

#[tokio::test]
async fn errors_in_timers_are_logged_and_the_call_goes_on() {
    let body = "async f() { setTimeout(() => { throw new Error('in a timer'); }, 1); queueMicrotask(() => { throw new Error('in a job'); }); await new Promise((r) => setTimeout(r, 10)); return 'on'; }";
    let Some(module) = Module::probe(dockwright_runtime::Limits::default(), "", body, &["f"]).await else {
        return;
    };
    let (_, stderr) = module.prints("f").await;
    assert!(stderr.contains("Error in a timer: Error: in a timer"), "{stderr}");
    assert!(stderr.contains("Error in a microtask: Error: in a job"), "{stderr}");
}

#[tokio::test]
async fn clocks_and_random_numbers_are_live() {
    let body = "const before = performance.now(); await new Promise((r) => setTimeout(r, 20));
        const passed = performance.now() - before;
        return JSON.stringify([Date.now(), passed, Math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(4))].join()]);";
    let Some(one) = Module::run_body(body).await else {
        return;
    };
    let two = Module::run_body(body).await.unwrap();
    let values = |result: Result<serde_json::Value, _>| -> Vec<serde_json::Value> {
        let result: Result<serde_json::Value, dockwright_schema::Failure> = result;
        serde_json::from_str(result.unwrap().as_str().unwrap()).unwrap()
    };
    let (one, two) = (values(one), values(two));
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_millis() as f64;
    assert!((one[0].as_f64().unwrap() - now).abs() < 60_000.0, "{one:?}");
    assert!((15.0..2_000.0).contains(&one[1].as_f64().unwrap()), "{one:?}");
    for at in 2..5 {
        assert_ne!(one[at], two[at]);
    }
}
