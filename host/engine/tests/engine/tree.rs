//! Trees without an export, combined output, and graphs that the engine's Dockerfile frontend makes.

use crate::lab::{engine, nonce, shell, wrapped};
use dockwright_engine::llb::{CopyOptions, Output, file};
use dockwright_engine::shim::Expect;
use dockwright_engine::{DockerfileBuild, FileKind, LocalDirectory, SecretBytes, SolveError};
use std::collections::HashMap;
use std::fs;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tree_is_listed_and_only_chosen_files_are_read() {
    let Some(engine) = engine().await else { return };
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("d")).unwrap();
    fs::write(root.path().join("d/big"), vec![b'x'; 300_000]).unwrap();
    fs::write(root.path().join("small"), "s").unwrap();
    fs::write(root.path().join("empty"), "").unwrap();
    fs::hard_link(root.path().join("d/big"), root.path().join("hard")).unwrap();
    std::os::unix::fs::symlink("small", root.path().join("soft")).unwrap();
    let tree = engine.add_local("listed", LocalDirectory::new(root.path())).await;
    let entries = engine.list_tree(&tree).await.unwrap();
    let shown: Vec<_> = entries
        .iter()
        .map(|entry| format!("{} {:?} {}", entry.path, entry.stat.kind, entry.stat.size))
        .filter(|shown| !shown.starts_with("d Directory") && !shown.starts_with("soft"))
        .collect();
    assert_eq!(
        shown,
        ["d/big File 300000", "empty File 0", "hard File 300000", "small File 1"]
    );
    let soft = entries.iter().find(|entry| entry.path == "soft").unwrap();
    assert_eq!(
        (soft.stat.kind, soft.stat.link.as_deref()),
        (FileKind::Symlink, Some("small"))
    );
    let contents = engine
        .read_files(&tree, |entry| ["hard", "empty", "d"].contains(&entry.path.as_str()))
        .await
        .unwrap();
    let sizes: HashMap<_, _> = contents
        .iter()
        .map(|(path, content)| (path.as_str(), content.len()))
        .collect();
    assert_eq!(sizes, HashMap::from([("hard", 300_000), ("empty", 0)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn output_is_combined_in_the_order_of_the_writes() {
    let Some(engine) = engine().await else { return };
    let script = format!(
        "echo a; sleep 0.1; echo b >&2; sleep 0.1; echo c; exit 1; : {}",
        nonce()
    );
    let exec = wrapped(&engine, &shell(&engine, &script), Expect::Any);
    assert_eq!(engine.combined_output(&exec).await.unwrap(), "a\nb\nc\n");
    let failing = wrapped(&engine, &shell(&engine, "exit 6"), Expect::Success);
    let error = engine.combined_output(&failing).await.unwrap_err();
    assert!(matches!(error, SolveError::Exec(exec) if exec.exit_code == 6));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn times_are_set_and_archives_unpacked() {
    let Some(engine) = engine().await else { return };
    let made = file::mkfile(&Output::scratch(), "/f", 0o644, b"x".to_vec(), None);
    let options = CopyOptions {
        timestamp: Some(7_000_000_000),
        ..CopyOptions::default()
    };
    let timed = file::copy(&Output::scratch(), &made, "/f", "/g", &options);
    assert_eq!(engine.stat(&timed, "/g").await.unwrap().modified, 7_000_000_000);
    let packing = shell(&engine, "mkdir /t && echo in > /t/inner && tar -czf /t.tar.gz -C /t .");
    let packed = packing.build().root;
    let options = CopyOptions {
        unpack: true,
        ..CopyOptions::default()
    };
    let unpacked = file::copy(&Output::scratch(), &packed, "/t.tar.gz", "/", &options);
    assert_eq!(engine.read_file(&unpacked, "/inner").await.unwrap(), b"in\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dockerfile_is_a_graph_like_any_other() {
    let Some(engine) = engine().await else { return };
    let text =
        "FROM busybox\nARG WHAT\nRUN --mount=type=secret,id=word echo $WHAT $(cat /run/secrets/word) > /out\nENV A=1\n";
    let build = |text: &str| DockerfileBuild {
        context: Output::scratch(),
        dockerfile: file::mkfile(&Output::scratch(), "/Dockerfile", 0o644, text.as_bytes().to_vec(), None),
        path: "Dockerfile".to_owned(),
        target: None,
        arguments: vec![("WHAT".to_owned(), "the".to_owned())],
        platform: engine.default_platform().clone(),
        secrets: HashMap::from([("word".to_owned(), "registered-word".to_owned())]),
        socket: None,
    };
    engine.add_secret("registered-word", SecretBytes::new("secret"));
    let built = engine.build_dockerfile(&build(text)).await.unwrap();
    assert!(built.config.config.env.contains(&"A=1".to_owned()));
    let more = file::mkfile(&built.output, "/more", 0o644, b"more".to_vec(), None);
    assert_eq!(engine.read_file(&more, "/out").await.unwrap(), b"the secret\n");
    let error = engine.build_dockerfile(&build("NONSENSE")).await.unwrap_err();
    assert!(error.to_string().contains("NONSENSE"), "{error}");
    let error = engine
        .build_dockerfile(&build("FROM no-such-image-here"))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no-such-image-here"), "{error}");
}
