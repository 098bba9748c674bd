//! Commands: what they print, how they end, what they see.

use crate::lab::{busybox, engine, nonce, shell, wrapped};
use dockwright_engine::llb::{CacheSharing, ExecSpec, Mount, MountKind, Output, SecretEnv, file};
use dockwright_engine::shim::{Expect, wrap};
use dockwright_engine::{SecretBytes, SolveError};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn output_and_code_of_any_end_are_results() {
    let Some(engine) = engine().await else { return };
    let n = nonce();
    let spec = shell(&engine, &format!("echo out {n}; echo err >&2; exit 3"));
    let result = engine.exec_result(&wrapped(&engine, &spec, Expect::Any)).await.unwrap();
    assert_eq!(
        (result.exit_code, result.stdout.as_str(), result.stderr.as_str()),
        (3, format!("out {n}\n").as_str(), "err\n")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_is_an_error_with_everything_in_it() {
    let Some(engine) = engine().await else { return };
    let spec = shell(&engine, &format!("echo partial; echo bad >&2; : {}; exit 7", nonce()));
    let outputs = wrapped(&engine, &spec, Expect::Success);
    let error = engine.exec_result(&outputs).await.unwrap_err();
    let SolveError::Exec(exec) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (exec.exit_code, exec.stdout.as_str(), exec.stderr.as_str()),
        (7, "partial\n", "bad\n")
    );
    assert_eq!(exec.command, spec.args);
    assert_eq!(
        error.to_string(),
        format!(
            "process \"{}\" did not complete successfully: exit code: 7",
            spec.args.join(" ")
        )
    );
    // Whatever is built on it fails for the same reason.
    let next = ExecSpec::new(outputs.root, ["true"]).build().root;
    let error = engine.evaluate(&next).await.unwrap_err();
    assert!(
        matches!(&error, SolveError::Exec(e) if e.exit_code == 7 && e.stderr == "bad\n"),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_several_failures_is_told() {
    let Some(engine) = engine().await else { return };
    let fail = |code: i32| {
        let spec = shell(
            &engine,
            &format!("echo out {code}; echo err >&2; : {}; exit {code}", nonce()),
        );
        let outputs = wrapped(&engine, &spec, Expect::Success);
        let engine = engine.clone();
        async move {
            let error = engine.exec_result(&outputs).await.unwrap_err();
            let SolveError::Exec(exec) = error else {
                panic!("{error:?}")
            };
            assert_eq!(exec.exit_code, code);
            assert_eq!(exec.command, spec.args);
            assert_eq!((exec.stdout, exec.stderr.as_str()), (format!("out {code}\n"), "err\n"));
        }
    };
    for code in [3, 4, 5] {
        fail(code).await;
    }
    tokio::join!(fail(6), fail(7), fail(8));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expecting_a_failure_turns_success_into_an_error() {
    let Some(engine) = engine().await else { return };
    let run = |code: i32| {
        let spec = shell(&engine, &format!(": {}; exit {code}", nonce()));
        let outputs = wrapped(&engine, &spec, Expect::Failure);
        let engine = engine.clone();
        async move { engine.exec_result(&outputs).await }
    };
    assert_eq!(run(4).await.unwrap().exit_code, 4);
    let error = run(0).await.unwrap_err();
    assert!(matches!(&error, SolveError::Exec(e) if e.exit_code == 0), "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_is_not_there_is_127_and_says_so() {
    let Some(engine) = engine().await else { return };
    let spec = ExecSpec::new(busybox(&engine), ["no-such-program".to_owned(), nonce()]);
    let error = engine
        .exec_result(&wrapped(&engine, &spec, Expect::Success))
        .await
        .unwrap_err();
    let SolveError::Exec(exec) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (exec.exit_code, exec.stderr.as_str()),
        (127, "no-such-program: not found\n")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stdin_is_what_was_given() {
    let Some(engine) = engine().await else { return };
    let spec = ExecSpec {
        user: "1234".into(),
        ..shell(&engine, &format!("tr a-z A-Z; id -u; : {}", nonce()))
    };
    let outputs = wrap(
        &spec,
        engine.default_platform(),
        Expect::Success,
        Some(b"hello\nworld\n"),
    )
    .unwrap();
    assert_eq!(
        engine.exec_result(&outputs).await.unwrap().stdout,
        "HELLO\nWORLD\n1234\n"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shim_leaves_no_trace_and_runs_as_any_user() {
    let Some(engine) = engine().await else { return };
    let mut spec = shell(&engine, &format!("id -u; id -g; pwd; echo $GREETING; : {}", nonce()));
    spec.user = "1000:2000".into();
    spec.cwd = "/tmp".into();
    spec.set_env("GREETING", "hi there");
    let outputs = wrapped(&engine, &spec, Expect::Success);
    assert_eq!(
        engine.exec_result(&outputs).await.unwrap().stdout,
        "1000\n2000\n/tmp\nhi there\n"
    );
    let names: Vec<_> = engine
        .read_dir(&outputs.root, "/", None)
        .await
        .unwrap()
        .into_iter()
        .map(|stat| stat.name)
        .collect();
    assert!(!names.iter().any(|name| name.contains("dockwright")), "{names:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn output_of_megabytes_and_of_no_text_arrives() {
    let Some(engine) = engine().await else { return };
    let spec = shell(&engine, &format!("yes {} | head -c 20000000; printf '\\377x'", nonce()));
    let result = engine
        .exec_result(&wrapped(&engine, &spec, Expect::Success))
        .await
        .unwrap();
    assert!(result.stdout.len() > 20_000_000 && result.stdout.ends_with("\u{fffd}x"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mounts_show_what_they_should() {
    let Some(engine) = engine().await else { return };
    engine.add_secret("token-id", SecretBytes::from("s3cret"));
    let tree = file::mkfile(
        &file::mkdir(&Output::scratch(), "/d", 0o755, true, None),
        "/d/f",
        0o644,
        b"from tree".to_vec(),
        None,
    );
    let script = "cat /ro/f; echo; cat /run/token; echo; echo $TOKEN; stat -c '%a %u' /run/token; echo w > /out/new; ls /out; touch /ro/x 2>/dev/null || echo ro; \
                  echo 1 >> /cache/log; wc -l < /cache/log; touch /tmp/t/x && echo tmpfs";
    let cache = nonce();
    let build = |extra: &str| {
        let mut spec = shell(&engine, &format!("{script}; : {extra}"));
        spec.mounts.push(Mount::readonly("/ro", tree.clone(), "/d"));
        spec.mounts.push(Mount::secret("/run/token", "token-id"));
        spec.mounts.push(Mount::output("/out", tree.clone()));
        let kind = MountKind::Cache {
            id: cache.clone(),
            sharing: CacheSharing::Locked,
            source: Output::scratch(),
            selector: String::new(),
        };
        spec.mounts.push(Mount {
            destination: "/cache".into(),
            kind,
        });
        spec.mounts.push(Mount::tmpfs("/tmp/t", 1 << 20));
        spec.secret_env.push(SecretEnv {
            name: "TOKEN".into(),
            id: "token-id".into(),
        });
        wrapped(&engine, &spec, Expect::Success)
    };
    let first = build(&nonce());
    let expected = |runs| format!("from tree\ns3cret\ns3cret\n400 0\nd\nnew\nro\n{runs}\ntmpfs\n");
    assert_eq!(engine.exec_result(&first).await.unwrap().stdout, expected(1));
    assert_eq!(engine.read_file(&first.mounts[0].1, "/new").await.unwrap(), b"w\n");
    assert_eq!(engine.exec_result(&build(&nonce())).await.unwrap().stdout, expected(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_run_side_by_side_and_equal_ones_once() {
    let Some(engine) = engine().await else { return };
    engine.evaluate(&busybox(&engine)).await.unwrap();
    let begun = Instant::now();
    let runs = (0..3).map(|_| {
        let outputs = wrapped(
            &engine,
            &shell(&engine, &format!("sleep 1; : {}", nonce())),
            Expect::Success,
        );
        let engine = engine.clone();
        async move { engine.exec_result(&outputs).await.unwrap() }
    });
    futures::future::join_all(runs).await;
    assert!(begun.elapsed() < Duration::from_millis(2900), "{:?}", begun.elapsed());
    let same = wrapped(
        &engine,
        &shell(
            &engine,
            &format!("sleep 1; cat /proc/sys/kernel/random/uuid; : {}", nonce()),
        ),
        Expect::Success,
    );
    let results = futures::future::join_all((0..10).map(|_| engine.exec_result(&same))).await;
    let outputs: std::collections::HashSet<_> = results.into_iter().map(|result| result.unwrap().stdout).collect();
    assert_eq!(outputs.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropping_the_future_or_the_engine_stops_the_command() {
    let Some(engine) = engine().await else { return };
    let marker = format!("{}", 900_000 + std::process::id());
    let run = |engine: &dockwright_engine::Engine| {
        wrapped(
            engine,
            &shell(engine, &format!("sleep {marker}; : {}", nonce())),
            Expect::Success,
        )
    };
    let waiting = |marker: &str| {
        let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        processes
            .filter_map(|p| std::fs::read(p.path().join("cmdline")).ok())
            .any(|line| line == format!("sleep\0{marker}\0").as_bytes())
    };
    let until = |wanted: bool| {
        let marker = marker.clone();
        async move {
            for _ in 0..200 {
                if waiting(&marker) == wanted {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            panic!("the command should {}", if wanted { "run" } else { "be gone" });
        }
    };
    let outputs = run(&engine);
    {
        let call = engine.exec_result(&outputs);
        tokio::select! {
            result = call => panic!("{result:?}"),
            () = until(true) => {}
        }
    }
    until(false).await;
    let outputs = run(&engine);
    let task = tokio::spawn(async move { engine.exec_result(&outputs).await });
    until(true).await;
    task.abort();
    until(false).await;
}
