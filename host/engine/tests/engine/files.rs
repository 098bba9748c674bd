//! Directories of the client: up and down.

use crate::lab::{engine, engine_with, nonce, shell, wrapped};
use dockwright_engine::llb::{CopyOptions, Mount, Output, file};
use dockwright_engine::shim::Expect;
use dockwright_engine::{ExportError, LocalDirectory, SolveError};
use dockwright_telemetry::{EventKind, Outcome, Telemetry};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::time::Duration;

fn write(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

async fn listing(engine: &dockwright_engine::Engine, tree: Output) -> String {
    let mut spec = shell(engine, &format!("cd /src && find . | sort; : {}", nonce()));
    spec.mounts.push(Mount::readonly("/src", tree, ""));
    engine
        .exec_result(&wrapped(engine, &spec, Expect::Success))
        .await
        .unwrap()
        .stdout
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directory_arrives_as_it_is() {
    let Some(engine) = engine().await else { return };
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "a/f", "one");
    write(root.path(), "a-b", "");
    write(root.path(), "big", &"x".repeat(700_000));
    write(root.path(), "run.sh", "#!/bin/sh\n");
    fs::set_permissions(root.path().join("run.sh"), fs::Permissions::from_mode(0o750)).unwrap();
    symlink("a/f", root.path().join("soft")).unwrap();
    fs::hard_link(root.path().join("a/f"), root.path().join("hard")).unwrap();
    fs::create_dir(root.path().join("empty")).unwrap();
    let tree = engine.add_local("as-it-is", LocalDirectory::new(root.path())).await;
    assert_eq!(
        listing(&engine, tree.clone()).await,
        ".\n./a\n./a-b\n./a/f\n./big\n./empty\n./hard\n./run.sh\n./soft\n"
    );
    assert_eq!(engine.read_file(&tree, "/big").await.unwrap().len(), 700_000);
    assert_eq!(engine.read_file(&tree, "/hard").await.unwrap(), b"one");
    let stat = engine.stat(&tree, "/run.sh").await.unwrap();
    assert_eq!((stat.mode, stat.uid), (0o750, 0));
    assert_eq!(
        engine.stat_link(&tree, "/soft").await.unwrap().link.as_deref(),
        Some("a/f")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_decide_what_is_sent() {
    let Some(engine) = engine().await else { return };
    let root = tempfile::tempdir().unwrap();
    for path in [
        "src/a.rs",
        "src/b.txt",
        "docs/x.md",
        "target/y.rs",
        "target/keep/z.rs",
        ".gitignore",
        "n.log",
    ] {
        write(
            root.path(),
            path,
            if path == ".gitignore" { "*.log\ndocs\n" } else { path },
        );
    }
    let owned = |list: &[&str]| list.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
    let local = async |include: &[&str], exclude: &[&str], gitignore| {
        let directory = LocalDirectory {
            include: owned(include),
            exclude: owned(exclude),
            gitignore,
            ..LocalDirectory::new(root.path())
        };
        engine.add_local("one name", directory).await
    };
    let tree = local(&["**/*.rs"], &["target", "!target/keep"], false).await;
    let other = local(&[], &["target"], true).await;
    assert_eq!(
        listing(&engine, tree).await,
        ".\n./src\n./src/a.rs\n./target\n./target/keep\n./target/keep/z.rs\n"
    );
    assert_eq!(
        listing(&engine, other).await,
        ".\n./.gitignore\n./src\n./src/a.rs\n./src/b.txt\n"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_run_sees_what_changed() {
    let Some(first) = engine().await else { return };
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "keep", "same");
    write(root.path(), "change", "before");
    write(root.path(), "remove", "");
    let tree = first.add_local("changing", LocalDirectory::new(root.path())).await;
    assert_eq!(first.read_file(&tree, "/change").await.unwrap(), b"before");
    first.close().await;
    fs::remove_file(root.path().join("remove")).unwrap();
    write(root.path(), "change", "after!");
    let second = engine().await.unwrap();
    let tree = second.add_local("changing", LocalDirectory::new(root.path())).await;
    assert_eq!(second.read_file(&tree, "/change").await.unwrap(), b"after!");
    assert_eq!(listing(&second, tree).await, ".\n./change\n./keep\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_untouched_directory_is_not_asked_for_again() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "a", &nonce());
    let name = format!("untouched-{}", nonce());
    let upload = async |expected: &str| {
        // Files that changed just now are not trusted to be untouched.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let telemetry = Telemetry::new();
        let mut events = telemetry.subscribe();
        let engine = engine_with(telemetry).await?;
        let tree = engine.add_local(&name, LocalDirectory::new(root.path())).await;
        assert_eq!(engine.read_file(&tree, "/a").await.unwrap(), expected.as_bytes());
        engine.close().await;
        let (mut uploads, mut outcomes) = (Vec::new(), Vec::new());
        while let Some(event) = events.try_recv() {
            match event.kind {
                EventKind::SpanStarted { span, ref name, .. } if name.starts_with("upload ") => uploads.push(span),
                EventKind::SpanEnded { span, ref outcome } if uploads.contains(&span) => outcomes.push(outcome.clone()),
                _ => {}
            }
        }
        assert_eq!(outcomes.len(), 1, "{outcomes:?}");
        outcomes.pop()
    };
    let content = fs::read_to_string(root.path().join("a")).unwrap();
    let Some(first) = upload(&content).await else { return };
    assert_eq!(first, Outcome::Done);
    assert_eq!(upload(&content).await, Some(Outcome::Cached));
    write(root.path(), "a", "changed");
    assert_eq!(upload("changed").await, Some(Outcome::Done));
    assert_eq!(upload("changed").await, Some(Outcome::Cached));
    write(root.path(), "a", &content);
    assert_eq!(upload(&content).await, Some(Outcome::Done));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_content_is_the_same_to_what_uses_it() {
    let Some(engine) = engine().await else { return };
    let n = nonce();
    let mut stamps = Vec::new();
    for name in ["twin-1", "twin-2"] {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "f", &n);
        let tree = engine.add_local(name, LocalDirectory::new(root.path())).await;
        let copied = file::copy(&Output::scratch(), &tree, "/f", "/f", &CopyOptions::default());
        let mut spec = shell(&engine, "cat /proc/sys/kernel/random/uuid");
        spec.mounts.push(Mount::readonly("/src", copied, ""));
        stamps.push(
            engine
                .exec_result(&wrapped(&engine, &spec, Expect::Success))
                .await
                .unwrap()
                .stdout,
        );
    }
    assert_eq!(stamps[0], stamps[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_named() {
    let Some(engine) = engine().await else { return };
    let tree = engine
        .add_local("missing", LocalDirectory::new("/no/such/directory"))
        .await;
    let error = engine.evaluate(&tree).await.unwrap_err();
    assert!(
        matches!(&error, SolveError::Failed { message, .. } if message.contains("/no/such/directory")),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_what_was_made() {
    let Some(engine) = engine().await else { return };
    let script = "mkdir -p /x/y; echo a > /x/a; ln -s a /x/l; ln /x/a /x/h; echo b > /x/y/b; chmod 750 /x/y/b; head -c 3000000 /dev/urandom > /x/big; mkfifo /x/pipe";
    let made = shell(&engine, &format!("{script}; : {}", nonce())).build().root;
    let tree = file::copy(&Output::scratch(), &made, "/x", "/", &CopyOptions::default());
    let root = tempfile::tempdir().unwrap();
    let destination = root.path().join("new/place");
    engine.export_directory(&tree, &destination, false).await.unwrap();
    let read = |path: &str| fs::read_to_string(destination.join(path)).unwrap();
    assert_eq!(
        (
            read("a").as_str(),
            read("l").as_str(),
            read("h").as_str(),
            read("y/b").as_str()
        ),
        ("a\n", "a\n", "a\n", "b\n")
    );
    assert_eq!(fs::metadata(destination.join("y/b")).unwrap().mode() & 0o777, 0o750);
    assert_eq!(
        fs::metadata(destination.join("a")).unwrap().ino(),
        fs::metadata(destination.join("h")).unwrap().ino()
    );
    assert_eq!(fs::metadata(destination.join("big")).unwrap().len(), 3_000_000);
    assert!(!destination.join("pipe").exists());
    write(&destination, "stale/file", "old");
    engine.export_directory(&tree, &destination, false).await.unwrap();
    assert!(destination.join("stale/file").exists());
    engine.export_directory(&tree, &destination, true).await.unwrap();
    assert!(!destination.join("stale").exists() && destination.join("y/b").exists());
    engine
        .export_directory(&Output::scratch(), &destination, true)
        .await
        .unwrap();
    assert_eq!(fs::read_dir(&destination).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_written_through_a_link_of_the_destination() {
    let Some(engine) = engine().await else { return };
    let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let tree = file::mkfile(
        &file::mkdir(&Output::scratch(), "/d", 0o755, true, None),
        "/d/f",
        0o644,
        b"x".to_vec(),
        None,
    );
    symlink(outside.path(), root.path().join("d")).unwrap();
    // The directory of the export takes the place of the link.
    engine.export_directory(&tree, root.path(), false).await.unwrap();
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    assert!(root.path().join("d/f").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_of_a_failure_leaves_the_destination_alone() {
    let Some(engine) = engine().await else { return };
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "precious", "x");
    let failing = shell(&engine, &format!("exit 9; : {}", nonce())).build().root;
    let error = engine.export_directory(&failing, root.path(), true).await.unwrap_err();
    assert!(
        matches!(&error, ExportError::Solve(SolveError::Exec(e)) if e.exit_code == 9),
        "{error:?}"
    );
    assert!(root.path().join("precious").exists());
}
