//! Graphs: file operations, merging, reading.

use crate::lab::{busybox, engine, nonce, shell};
use dockwright_engine::FileKind;
use dockwright_engine::llb::{CopyOptions, Output, Owner, diff, file, merge};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn file_operations_do_what_they_say() {
    let Some(engine) = engine().await else { return };
    let base = file::mkdir(&Output::scratch(), "/a/b", 0o700, true, Owner::parse("7:8").as_ref());
    let base = file::mkfile(&base, "/a/b/f", 0o640, b"text".to_vec(), None);
    let base = file::mkfile(&base, "/a/g.log", 0o644, b"log".to_vec(), None);
    let base = file::symlink(&base, "b/f", "/a/link", None);
    let stat = engine.stat(&base, "/a/b").await.unwrap();
    assert_eq!(
        (stat.kind, stat.mode, stat.uid, stat.gid),
        (FileKind::Directory, 0o700, 7, 8)
    );
    assert_eq!(engine.stat(&base, "/a/link").await.unwrap().kind, FileKind::File);
    let stat = engine.stat_link(&base, "/a/link").await.unwrap();
    assert_eq!((stat.kind, stat.link.as_deref()), (FileKind::Symlink, Some("b/f")));
    assert_eq!(engine.stat(&base, "/a/b/f").await.unwrap().size, 4);

    let options = CopyOptions {
        exclude: vec!["**/*.log".into()],
        owner: Owner::parse("3:4"),
        mode: Some(0o600),
        ..CopyOptions::default()
    };
    let copied = file::copy(&Output::scratch(), &base, "/a", "/to", &options);
    let names = |list: Vec<dockwright_engine::FileStat>| list.into_iter().map(|s| s.name).collect::<Vec<_>>();
    assert_eq!(
        names(engine.read_dir(&copied, "/to", None).await.unwrap()),
        ["b", "link"]
    );
    let stat = engine.stat(&copied, "/to/b/f").await.unwrap();
    assert_eq!((stat.mode, stat.uid, stat.gid), (0o600, 3, 4));

    let removed = file::rm(&base, "/a/*.log", false, true);
    assert_eq!(
        names(engine.read_dir(&removed, "/a", None).await.unwrap()),
        ["b", "link"]
    );
    assert_eq!(
        names(engine.read_dir(&base, "/a", Some("*.log")).await.unwrap()),
        ["g.log"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_an_empty_directory() {
    let Some(engine) = engine().await else { return };
    assert!(engine.read_dir(&Output::scratch(), "/", None).await.unwrap().is_empty());
    let copied = file::copy(
        &busybox(&engine),
        &Output::scratch(),
        "/",
        "/empty",
        &CopyOptions::default(),
    );
    assert!(engine.read_dir(&copied, "/empty", None).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn layers_are_taken_apart_and_put_together() {
    let Some(engine) = engine().await else { return };
    let base = busybox(&engine);
    let changed = shell(&engine, &format!("echo {} > /new; rm /etc/group", nonce()))
        .build()
        .root;
    let layer = diff(&base, &changed);
    let names: Vec<_> = engine
        .read_dir(&layer, "/", None)
        .await
        .unwrap()
        .into_iter()
        .map(|s| s.name)
        .collect();
    assert!(
        names.contains(&"new".to_owned()) && !names.contains(&"bin".to_owned()),
        "{names:?}"
    );
    let other = file::mkfile(&Output::scratch(), "/other", 0o644, b"o".to_vec(), None);
    let together = merge(&[base, layer, other]);
    assert_eq!(engine.read_file(&together, "/other").await.unwrap(), b"o");
    assert!(engine.stat(&together, "/new").await.is_ok() && engine.stat(&together, "/etc/group").await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_any_size_are_read_whole() {
    let Some(engine) = engine().await else { return };
    for size in [0usize, 1, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, 40_000_000] {
        let tree = shell(&engine, &format!("head -c {size} /dev/zero > /big")).build().root;
        assert_eq!(engine.read_file(&tree, "/big").await.unwrap().len(), size);
    }
}
