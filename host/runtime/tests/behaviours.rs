//! Every behaviour of a guest, good or bad, and that the host serves on after it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use dockwright_runtime::{CallError, Language, Limits, ModuleSource};
use dockwright_schema::{CallStack, Failure, ModuleId, Principal};
use dockwright_telemetry::Stream;
use std::time::{Duration, Instant};
use support::{Lab, call, guest, told};

fn lab() -> Lab {
    Lab::new(Limits::default())
}

fn short(milliseconds: u64) -> Limits {
    Limits {
        guest_time: Duration::from_millis(milliseconds),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_call_brings_everything_across_and_back() {
    let lab = lab();
    let mut events = lab.telemetry.subscribe();
    let echo = lab.load("echo").await;
    let mut call = call(
        "Echo",
        "echo",
        vec!["ä\"\n".into(), serde_json::json!({"k": [1, null]})],
    );
    call.parent = serde_json::json!({"_tone": "loud"});
    let said = lab.call(&echo, call).await.unwrap();
    insta::assert_snapshot!(said, @r#"{"type":"Echo","parent":{"_tone":"loud"},"name":"echo","arguments":{"a0":"ä\"\n","a1":{"k":[1,null]}}}"#);
    let printed = lab.printed(&mut events);
    assert_eq!(
        printed,
        [
            (Stream::Stdout, "heard you\n".into()),
            (Stream::Stderr, "too loud\n".into())
        ]
    );
}

#[tokio::test]
async fn a_description_becomes_types_as_trees() {
    let lab = lab();
    let echo = lab.load("echo").await;
    let def = lab.runtime.describe(&echo).await.unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&def).unwrap());
}

#[tokio::test]
async fn a_request_goes_out_in_the_modules_name_and_comes_back() {
    let lab = lab();
    let answer = lab.run("query", vec!["{ container }".into()]).await.unwrap();
    assert_eq!(answer, "1 ok <{ container }>");
    let requests = lab.api.requests.lock().unwrap();
    let request = &requests[0];
    assert_eq!(request.principal, Principal::Module(ModuleId("d0".into())));
    assert_eq!(request.variables.as_deref(), Some("{\"x\":1}"));
    assert_eq!(request.span, 42);
    assert!(request.stack.contains(1) && request.stack.depth() == 1);
}

#[tokio::test]
async fn a_panic_of_the_host_reaches_the_guest_as_an_error() {
    let answer = lab().run("query", vec!["panic".into()]).await.unwrap();
    assert_eq!(
        answer,
        "1 err the host failed while it ran this request; this is a bug in dockwright"
    );
}

#[tokio::test]
async fn requests_overlap() {
    let lab = lab();
    let seen = lab.run("overlap", vec![]).await.unwrap();
    assert_eq!(
        seen,
        "nothing\nnothing\nnothing\n2 ok <100>\n3 ok <200>\n1 ok <300>\noverlapped"
    );
    assert_eq!(lab.api.peak.load(std::sync::atomic::Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_cancelled_request_is_stopped_and_never_delivered() {
    let lab = lab();
    assert_eq!(lab.run("cancel", vec![]).await.unwrap(), "3 ok <50> of 3, then nothing");
    assert_eq!(lab.api.running(), 0);
}

#[tokio::test]
async fn what_is_open_when_a_call_ends_is_cancelled() {
    let lab = lab();
    assert_eq!(lab.run("leaves", vec![]).await.unwrap(), serde_json::Value::Null);
    until(|| lab.api.running() == 0).await;
    assert_eq!(lab.api.requests.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_dropped_call_stops_guest_and_requests() {
    let lab = lab();
    let query = lab.load("query").await;
    let dropped = tokio::time::timeout(Duration::from_millis(200), lab.invoke(&query, vec!["60000".into()])).await;
    assert!(dropped.is_err(), "it was waiting");
    until(|| lab.api.running() == 0).await;
    let endless = lab.load("endless").await;
    let dropped = tokio::time::timeout(Duration::from_millis(200), lab.invoke(&endless, vec![])).await;
    assert!(dropped.is_err(), "it was looping, and let the timer run");
    lab.is_well().await;
}

#[tokio::test]
async fn a_deadlock_is_told() {
    insta::assert_snapshot!(told(lab().run("deadlock", vec![]).await), @"deadlock: the module's code waits, but nothing that it could wait for is running");
}

#[tokio::test]
async fn an_endless_loop_is_stopped() {
    let begin = Instant::now();
    insta::assert_snapshot!(told(Lab::new(short(300)).run("endless", vec![]).await), @"timeout: the module's code ran for more than 0.3 s, not counting time that it waited; it was stopped (does it loop without end?)");
    assert!(begin.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn waiting_is_not_running() {
    let lab = Lab::new(short(200));
    let begin = Instant::now();
    lab.run("spins", vec![5.into(), 5.into(), 100.into()]).await.unwrap();
    assert!(
        begin.elapsed() >= Duration::from_millis(500),
        "it waited longer than it may run"
    );
    let result = lab.run("spins", vec![10.into(), 50.into(), 1.into()]).await;
    assert!(matches!(result, Err(CallError::Timeout { .. })), "{result:?}");
}

#[tokio::test]
async fn memory_is_bounded() {
    let lab = Lab::new(Limits {
        memory: 64 << 20,
        ..Limits::default()
    });
    insta::assert_snapshot!(told(lab.run("hungry", vec![]).await), @"memory: the module's code needs more than 64 MiB of memory; handle large data in containers or as Directory and File");
}

#[tokio::test]
async fn memory_that_it_starts_with_counts() {
    let lab = Lab::new(Limits {
        memory: 1 << 16,
        ..Limits::default()
    });
    let hungry = lab.load("hungry").await;
    let result = lab.invoke(&hungry, vec![]).await;
    assert!(
        matches!(result, Err(CallError::OutOfMemory { limit: 65536 })),
        "{result:?}"
    );
}

#[tokio::test]
async fn recursion_is_bounded() {
    insta::assert_snapshot!(told(lab().run("recursive", vec![]).await), @"trap: the module's code recursed too deeply: its stack is full (does a function call itself without end?)");
}

#[tokio::test]
async fn a_panic_is_told_with_its_stack() {
    let lab = lab();
    let error = lab.run("panics", vec![]).await.unwrap_err();
    let failure = Failure::from(error);
    insta::assert_snapshot!(failure, @"the module's code crashed: it aborted itself");
    assert!(
        failure.trace.unwrap().contains("rust_panic"),
        "the stack names its functions"
    );
}

#[tokio::test]
async fn a_failure_keeps_its_structure() {
    let failure = Failure::from(lab().run("failing", vec![]).await.unwrap_err());
    insta::assert_snapshot!(serde_json::to_string_pretty(&failure).unwrap(), @r#"
    {
      "kind": "KeyError",
      "message": "missing",
      "location": {
        "file": "/src/main.py",
        "line": 3,
        "column": 5
      },
      "trace": "  File \"/src/main.py\", line 3, in boom",
      "extensions": {
        "exitCode": 7,
        "stdout": "not JSON"
      }
    }
    "#);
}

#[tokio::test]
async fn a_result_must_be_json() {
    insta::assert_snapshot!(told(lab().run("garbled", vec![]).await), @"trap: the function `Main.f` returned a value that is not JSON: key must be a string at line 1 column 2");
}

#[tokio::test]
async fn describing_cannot_call_the_api() {
    let lab = lab();
    let module = lab.load("describing").await;
    let error = lab.runtime.describe(&module).await.unwrap_err();
    insta::assert_snapshot!(error, @"1 err the API cannot be used while the module is loaded, only by a function that is called: move this call into a function");
    assert!(lab.api.requests.lock().unwrap().is_empty());
    lab.is_well().await;
}

#[tokio::test]
async fn a_wrong_description_is_an_error() {
    let lab = lab();
    let module = lab.load("misdescribed").await;
    let error = lab.runtime.describe(&module).await.unwrap_err();
    insta::assert_snapshot!(error, @"the module `misdescribed` describes itself wrongly: the type of the result of `Main.f` contains itself");
}

#[tokio::test]
async fn output_is_bounded() {
    let lab = Lab::new(Limits {
        output: 10_000,
        ..Limits::default()
    });
    let mut events = lab.telemetry.subscribe();
    let flood = lab.load("flood").await;
    lab.invoke(&flood, vec![]).await.unwrap();
    let all: String = lab.printed(&mut events).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        all.len(),
        10_000 + "\n[the rest of this call's output is left out: it is too long]\n".len()
    );
}

#[tokio::test]
async fn open_requests_are_bounded() {
    let lab = Lab::new(Limits {
        requests: 2,
        ..Limits::default()
    });
    insta::assert_snapshot!(told(lab.run("overlap", vec![]).await), @"trap: the module's code crashed: it has 2 requests to the API open at the same time, which is the limit");
    until(|| lab.api.running() == 0).await;
}

#[tokio::test]
async fn vector_code_runs_on_a_baseline_cpu() {
    // floor(1 * [1.5, 2.5, 3.5, 4.5]) = [1, 2, 3, 4]; with neighbours added [3, 3, 7, 7]; bits 2 in each lowest byte.
    // Lane 0 of the 64-bit product 0x3_0000_0003 * 0x2_0000_0002 is 6.
    assert_eq!(lab().run("simd", vec![]).await.unwrap(), 13);
}

#[tokio::test]
async fn wasi_is_there_but_empty() {
    let found = lab().run("wasi", vec![]).await.unwrap();
    assert_eq!(found, "0 variables, 0 arguments, 0 folders, random: true");
}

#[tokio::test]
async fn nothing_else_can_be_imported() {
    let lab = lab();
    let source = ModuleSource {
        name: "stranger".into(),
        digest: "d0".into(),
        language: Language::Component {
            path: guest("stranger"),
        },
    };
    let error = lab.runtime.load(&source).await.err().unwrap();
    insta::assert_snapshot!(error, @"module `stranger` wants `elsewhere:host/files` from the host, which modules do not get; they reach the world through the interfaces api and system of dockwright:module only");
    lab.is_well().await;
}

#[tokio::test]
async fn calls_that_wait_leave_their_slot_to_others() {
    let lab = Lab::new(Limits {
        running: 1,
        ..Limits::default()
    });
    let query = lab.load("query").await;
    let begin = Instant::now();
    let calls = (0..20).map(|_| lab.invoke(&query, vec!["300".into()]));
    for answer in futures::future::join_all(calls).await {
        assert_eq!(answer.unwrap(), "1 ok <300>");
    }
    assert_eq!(lab.api.peak.load(std::sync::atomic::Ordering::SeqCst), 20);
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "they did not wait one after the other"
    );
}

#[tokio::test]
async fn depth_is_bounded() {
    let lab = lab();
    let echo = lab.load("echo").await;
    let stack = (0..=CallStack::MAX_DEPTH as u64).fold(CallStack::default(), |stack, key| stack.push(key));
    let call = call("Echo", "echo", vec![]);
    let result = lab
        .runtime
        .invoke(&echo, call, lab.api.clone(), Principal::CommandLine, stack, 0)
        .await;
    insta::assert_snapshot!(told(result), @"trap: functions call each other more than 64 levels deep (does one call itself through the API without end?)");
}

async fn until(condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < Duration::from_secs(10), "it never happens");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
