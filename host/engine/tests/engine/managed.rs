//! Our own container: made, found again, stopped. Needs Docker and the engine's image; makes a container of its own and removes it.

use crate::lab::{directory, nonce, shell, wrapped};
use dockwright_engine::shim::Expect;
use dockwright_engine::{Address, DEFAULT_IMAGE, Engine, EngineOptions, NetworkMode, SolveError, manage};
use dockwright_telemetry::Telemetry;
use futures::StreamExt;
use std::process::Command;
use std::time::{Duration, Instant};

fn docker(args: &[&str]) -> bool {
    Command::new("docker")
        .args(args)
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Removes the container and volume when a test ends, however it does.
struct Cleanup(String);

impl Drop for Cleanup {
    fn drop(&mut self) {
        docker(&["rm", "-f", &self.0]);
        docker(&["volume", "rm", "-f", &self.0]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_life_of_our_own_engine() {
    if !docker(&["image", "inspect", DEFAULT_IMAGE]) {
        println!("skipped: Docker or its image {DEFAULT_IMAGE} is not here; tests/lab/up.sh brings both");
        return;
    }
    let runtime = tempfile::tempdir().unwrap();
    let lab_config = directory().join("buildkitd.toml");
    // A comment of its own makes it a container of its own.
    let config = runtime.path().join("buildkitd.toml");
    let text = std::fs::read_to_string(&lab_config).unwrap_or_default();
    std::fs::write(&config, format!("# {}\n{text}", nonce())).unwrap();
    let options = EngineOptions {
        config: Some(config),
        network: NetworkMode::Host,
        ..EngineOptions::managed(runtime.path().join("run"))
    };

    let before = manage::status(&options).await.unwrap();
    let name = before.container.clone().unwrap();
    assert!(before.state.is_none() && before.running.is_none());
    let _cleanup = Cleanup(name.clone());
    assert!(manage::stop(&options).await.is_err());

    // Several processes at once want it: one makes it, all get it.
    let begun = Instant::now();
    let telemetry = Telemetry::new();
    let starts = (0..3).map(|_| manage::start(&options, &telemetry));
    for address in futures::future::join_all(starts).await {
        assert!(matches!(address.unwrap(), Address::Unix(_)));
    }
    println!("three starts of a new container: {:?}", begun.elapsed());

    let status = manage::status(&options).await.unwrap();
    assert_eq!(status.state.as_deref(), Some("running"));
    assert!(
        status.running.as_ref().unwrap().version.starts_with("v0."),
        "{status:?}"
    );

    let begun = Instant::now();
    let engine = Engine::connect(options.clone(), Telemetry::new(), None).await.unwrap();
    println!("connect to the running one: {:?}", begun.elapsed());
    let spec = shell(&engine, &format!("echo {}", nonce()));
    engine
        .exec_result(&wrapped(&engine, &spec, Expect::Success))
        .await
        .unwrap();

    let mut log = Box::pin(manage::logs(&options, Some(50), false).await.unwrap());
    let mut text = String::new();
    while let Some(part) = log.next().await {
        text.push_str(&String::from_utf8_lossy(&part.unwrap()));
    }
    assert!(text.contains("buildkit"), "{text}");

    // It ends in the middle of a run: the run says so.
    let long = wrapped(
        &engine,
        &shell(&engine, &format!("sleep 60; : {}", nonce())),
        Expect::Success,
    );
    let running = tokio::spawn({
        let engine = engine.clone();
        async move { engine.exec_result(&long).await }
    });
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert!(docker(&["kill", &name]));
    let error = running.await.unwrap().unwrap_err();
    assert!(matches!(error, SolveError::EngineLost { .. }), "{error:?}");
    println!("an engine that was killed: {error}");
    drop(engine);

    // The stopped container is started again, with its cache.
    assert!(!manage::stop(&options).await.unwrap());
    let engine = Engine::connect(options.clone(), Telemetry::new(), None).await.unwrap();
    assert_eq!(
        engine
            .exec_result(&wrapped(&engine, &spec, Expect::Success))
            .await
            .unwrap()
            .exit_code,
        0
    );
    engine.close().await;

    // Where the socket cannot be reached, for another user or on another machine, the way is through Docker.
    let elsewhere = EngineOptions {
        runtime_dir: runtime.path().join("elsewhere"),
        ..options.clone()
    };
    let remote = Engine::connect(elsewhere, Telemetry::new(), None).await.unwrap();
    assert_eq!(remote.address(), &Address::DockerContainer(name.clone()));
    let outputs = wrapped(&remote, &spec, Expect::Success);
    assert_eq!(remote.exec_result(&outputs).await.unwrap().exit_code, 0);
    remote.close().await;

    let freed = manage::prune(
        &options,
        &manage::PruneOptions {
            all: true,
            ..manage::PruneOptions::default()
        },
    )
    .await
    .unwrap();
    assert!(freed > 0);
    assert!(manage::stop(&options).await.unwrap());
    assert_eq!(manage::status(&options).await.unwrap().state.as_deref(), Some("exited"));
}
