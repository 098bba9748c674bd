//! Beginning early: what a run tells that it used, and what another does with it.

use crate::lab::{address, engine, nonce, options};
use dockwright_engine::{Engine, EngineOptions, LocalDirectory, SecretBytes, Usage};
use dockwright_telemetry::Telemetry;

/// What the directories were registered under, without what tells selections of one name apart.
fn names(usage: &Usage) -> Vec<&str> {
    usage
        .directories
        .iter()
        .map(|key| key.split('#').next().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_tells_what_it_used() {
    let Some(engine) = engine().await else { return };
    assert_eq!(engine.usage(), Usage::default());
    let platform = engine.default_platform().clone();
    engine.resolve_image("busybox", &platform).await.unwrap();
    engine.resolve_image("no-such-image:1", &platform).await.unwrap_err();
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("a"), nonce()).unwrap();
    let read = engine.add_local("usage-read", LocalDirectory::new(root.path())).await;
    engine.add_local("usage-unread", LocalDirectory::new(root.path())).await;
    engine.read_file(&read, "/a").await.unwrap();
    let usage = engine.usage();
    assert_eq!(
        usage.images,
        [("docker.io/library/busybox:latest".to_owned(), platform)].into()
    );
    assert_eq!(names(&usage), ["usage-read"]);
    engine.set_registry_auth("docker.io", "user", SecretBytes::from(b"secret".to_vec()));
    assert!(engine.usage().images.is_empty(), "its registry needs credentials");
    engine.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_foreseen_is_what_the_run_gets() {
    let Some(engine) = engine().await else { return };
    let root = tempfile::tempdir().unwrap();
    let content = nonce();
    std::fs::write(root.path().join("a"), &content).unwrap();
    let directory = engine.add_local("foreseen", LocalDirectory::new(root.path())).await;
    engine.foresee_directory(&directory, &Usage::default()).await;
    assert!(engine.usage().directories.is_empty(), "nothing says that it is needed");
    // What an earlier run says that used it.
    let usage = {
        let earlier = crate::lab::engine().await.unwrap();
        let directory = earlier.add_local("foreseen", LocalDirectory::new(root.path())).await;
        earlier.read_file(&directory, "/a").await.unwrap();
        earlier.close().await;
        earlier.usage()
    };
    assert_eq!(names(&usage), ["foreseen"]);
    engine.foresee_directory(&directory, &usage).await;
    assert_eq!(engine.usage().directories, usage.directories);
    // The upload is over: what changes now belongs to the next run.
    std::fs::write(root.path().join("a"), "later").unwrap();
    assert_eq!(engine.read_file(&directory, "/a").await.unwrap(), content.as_bytes());
    engine
        .foresee_image("no-such-image:1", &engine.default_platform().clone())
        .await;
    engine
        .resolve_image("no-such-image:1", engine.default_platform())
        .await
        .unwrap_err();
    engine.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_engine_that_does_not_run_is_none_and_stays_so() {
    let nowhere = tempfile::tempdir().unwrap();
    let found = Engine::connect_running(EngineOptions::managed(nowhere.path()), Telemetry::new()).await;
    assert!(found.unwrap().is_none());
    assert_eq!(
        std::fs::read_dir(nowhere.path()).unwrap().count(),
        0,
        "something was made"
    );
    let Some(address) = address() else { return };
    let found = Engine::connect_running(options(address), Telemetry::new()).await;
    found.unwrap().unwrap().close().await;
}
