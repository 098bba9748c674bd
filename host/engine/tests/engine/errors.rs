//! What users read when things go wrong.

use crate::lab::{busybox, engine, nonce, options};
use dockwright_engine::llb::{CopyOptions, ExecSpec, Output, file};
use dockwright_engine::{ConnectError, Engine, EngineOptions, ReadError, SolveError};
use dockwright_telemetry::Telemetry;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_at_the_address() {
    for (address, message) in [
        (
            "unix:///no/such/socket",
            "no BuildKit engine answers at unix:///no/such/socket",
        ),
        ("tcp://127.0.0.1:1", "no BuildKit engine answers at tcp://127.0.0.1:1"),
        ("nonsense", "`nonsense` is not an engine address"),
    ] {
        let error = Engine::connect(options(address.into()), Telemetry::new(), None)
            .await
            .unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_no_engine_is_told_apart() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            drop(connection);
        }
    });
    let error = Engine::connect(options(format!("tcp://{address}")), Telemetry::new(), None)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn images_that_do_not_exist() {
    let Some(engine) = engine().await else { return };
    let error = engine
        .resolve_image("nosuch:1", engine.default_platform())
        .await
        .unwrap_err();
    assert_eq!(
        error,
        SolveError::ImageNotFound {
            reference: "docker.io/library/nosuch:1".into()
        }
    );
    let image = dockwright_engine::llb::source::image("docker.io/library/nosuch:2", engine.default_platform());
    let error = engine
        .evaluate(&ExecSpec::new(image, ["true"]).build().root)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        SolveError::ImageNotFound {
            reference: "docker.io/library/nosuch:2".into()
        }
    );
    let error = engine
        .resolve_image("Not An Image", engine.default_platform())
        .await
        .unwrap_err();
    assert!(matches!(error, SolveError::Reference(_)), "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paths_that_are_not_there_or_of_another_kind() {
    let Some(engine) = engine().await else { return };
    let tree = file::mkfile(
        &file::mkdir(&Output::scratch(), "/d", 0o755, true, None),
        "/d/f",
        0o644,
        vec![1],
        None,
    );
    let path = |path: &str| path.to_owned();
    assert_eq!(
        engine.read_file(&tree, "/nope").await.unwrap_err(),
        ReadError::NotFound { path: path("/nope") }
    );
    assert_eq!(
        engine.read_file(&tree, "/no/pe").await.unwrap_err(),
        ReadError::NotFound { path: path("/no/pe") }
    );
    assert_eq!(
        engine.read_file(&tree, "/d").await.unwrap_err(),
        ReadError::IsDirectory { path: path("/d") }
    );
    assert_eq!(
        engine.read_dir(&tree, "/nope", None).await.unwrap_err(),
        ReadError::NotFound { path: path("/nope") }
    );
    assert_eq!(
        engine.read_dir(&tree, "/d/f", None).await.unwrap_err(),
        ReadError::NotADirectory { path: path("/d/f") }
    );
    assert_eq!(
        engine.stat(&tree, "/nope").await.unwrap_err(),
        ReadError::NotFound { path: path("/nope") }
    );
    assert_eq!(
        engine.stat_link(&tree, "/d/n*").await.unwrap_err(),
        ReadError::NotFound { path: path("/d/n*") }
    );
    assert_eq!(
        engine.stat_link(&tree, "/no/pe").await.unwrap_err(),
        ReadError::NotFound { path: path("/no/pe") }
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_operation_that_fails_says_which() {
    let Some(engine) = engine().await else { return };
    let copied = file::copy(
        &Output::scratch(),
        &busybox(&engine),
        "/no/such/file",
        "/x",
        &CopyOptions::default(),
    );
    let error = engine.evaluate(&copied).await.unwrap_err();
    let SolveError::Failed { operation, message } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(operation.as_deref(), Some("copy /no/such/file to /x"));
    assert_eq!(message, "\"/no/such/file\": not found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_secret_is_named() {
    let Some(engine) = engine().await else { return };
    let mut spec = ExecSpec::new(busybox(&engine), ["true".to_owned(), nonce()]);
    spec.mounts
        .push(dockwright_engine::llb::Mount::secret("/run/s", "unknown-secret"));
    let error = engine.evaluate(&spec.build().root).await.unwrap_err();
    assert!(error.to_string().contains("unknown-secret"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn engines_elsewhere_are_not_ours_to_start() {
    let options = EngineOptions {
        address: Some("tcp://h:1".into()),
        ..EngineOptions::managed("/tmp/x")
    };
    let telemetry = Telemetry::new();
    let error = dockwright_engine::manage::start(&options, &telemetry)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the engine at tcp://h:1 is not managed by dockwright: start it where it runs"
    );
}
