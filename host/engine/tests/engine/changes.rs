//! Directories of the client that are told as an earlier upload with changes.

use crate::lab::{address, nonce, options, shell, wrapped};
use dockwright_engine::llb::{CopyOptions, Mount, Output, file};
use dockwright_engine::shim::Expect;
use dockwright_engine::{Engine, EngineOptions, FileKind, LocalDirectory, TreeEntry, Usage};
use dockwright_telemetry::{EventKind, Subscription, Telemetry};
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const FILES: [&str; 6] = ["a", "b", "d/e/f", "d/e/g", "d-1", "stays"];

/// A directory, and what a client remembers of its uploads.
struct Place {
    root: tempfile::TempDir,
    uploads: tempfile::TempDir,
    name: String,
    usage: Usage,
}

/// One run of that client.
struct Run {
    engine: Engine,
    tree: Output,
    events: Subscription,
}

impl Run {
    /// Ends it; whether the directory was compared with what the engine had.
    async fn uploaded(mut self) -> bool {
        self.engine.evaluate(&self.tree).await.unwrap();
        self.engine.close().await;
        let (mut uploads, mut transferred) = (HashSet::new(), false);
        while let Some(event) = self.events.try_recv() {
            match event.kind {
                EventKind::SpanStarted { span, ref name, .. } if name.starts_with("upload ") => {
                    uploads.insert(span);
                }
                EventKind::Progress { span, .. } => transferred |= uploads.contains(&span),
                _ => {}
            }
        }
        transferred
    }
}

impl Place {
    /// A directory that was uploaded, and is read from in every run. None without an engine.
    async fn new() -> Option<Place> {
        address()?;
        let mut place = Place {
            root: tempfile::tempdir().unwrap(),
            uploads: tempfile::tempdir().unwrap(),
            name: format!("changes-{}", nonce()),
            usage: Usage::default(),
        };
        for path in FILES {
            place.write(path, &nonce());
        }
        symlink("a", place.path("link")).unwrap();
        // The first run tells what it used, the second remembers what it finds uploaded.
        for is_new in [true, false] {
            let run = place.run().await;
            run.engine.evaluate(&run.tree).await.unwrap();
            place.usage = run.engine.usage();
            assert_eq!(run.uploaded().await, is_new);
        }
        assert!(place.record().is_some());
        Some(place)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, content: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), content).unwrap();
    }

    /// The file in which the client remembers the upload.
    fn record(&self) -> Option<PathBuf> {
        let mut files = fs::read_dir(self.uploads.path()).unwrap();
        files.next().map(|file| file.unwrap().path())
    }

    async fn run(&self) -> Run {
        // Files that changed just now have no name yet.
        tokio::time::sleep(Duration::from_millis(40)).await;
        let telemetry = Telemetry::new();
        let events = telemetry.subscribe();
        let options = EngineOptions {
            uploads_dir: Some(self.uploads.path().to_owned()),
            ..options(address().unwrap())
        };
        let engine = Engine::connect(options, telemetry, None).await.unwrap();
        engine.foresee(&self.usage);
        let tree = engine
            .add_local(&self.name, LocalDirectory::new(self.root.path()))
            .await;
        Run { engine, tree, events }
    }

    /// The directory uploaded in whole, by a client that remembers nothing.
    async fn whole(&self) -> (Engine, Output) {
        let engine = crate::lab::engine().await.unwrap();
        let name = format!("whole-{}", nonce());
        let tree = engine.add_local(&name, LocalDirectory::new(self.root.path())).await;
        (engine, tree)
    }

    /// Asserts that the run gets what is in the directory.
    async fn assert_right(&self, run: &Run) {
        let (engine, tree) = self.whole().await;
        let (expected, got) = (
            everything(&engine, &tree).await,
            everything(&run.engine, &run.tree).await,
        );
        assert_eq!(got, expected);
    }
}

type Everything = (Vec<TreeEntry>, Vec<(String, Vec<u8>)>);

/// All that is in a tree. The time of a directory tells when the engine wrote in it, and counts for nothing.
async fn everything(engine: &Engine, tree: &Output) -> Everything {
    let mut entries = engine.list_tree(tree).await.unwrap();
    for entry in &mut entries {
        if entry.stat.kind == FileKind::Directory {
            entry.stat.modified = 0;
        }
    }
    let mut contents: Vec<_> = engine.read_files(tree, |_| true).await.unwrap().into_iter().collect();
    contents.sort();
    (entries, contents)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_make_what_an_upload_makes() {
    let Some(place) = Place::new().await else { return };
    let edits: [&dyn Fn(); 7] = [
        &|| {
            place.write("new/deep/file", "x");
            fs::set_permissions(place.path("new"), fs::Permissions::from_mode(0o700)).unwrap();
        },
        &|| place.write("d/e/f", "other content"),
        &|| {
            place.write("d/new", "x");
            fs::set_permissions(place.path("b"), fs::Permissions::from_mode(0o751)).unwrap();
        },
        &|| fs::remove_file(place.path("a")).unwrap(),
        &|| fs::remove_dir_all(place.path("d")).unwrap(),
        &|| {
            fs::remove_file(place.path("link")).unwrap();
            place.write("link", "no link any more");
        },
        &|| {
            fs::remove_file(place.path("d-1")).unwrap();
            symlink("/etc/passwd", place.path("d-1")).unwrap();
        },
    ];
    for (number, edit) in edits.iter().enumerate() {
        edit();
        let run = place.run().await;
        place.assert_right(&run).await;
        assert!(!run.uploaded().await, "edit {number}");
    }
    let run = place.run().await;
    place.assert_right(&run).await;
    assert!(!run.uploaded().await, "nothing changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_cannot_tell_is_uploaded_and_then_remembered() {
    let Some(place) = Place::new().await else { return };
    fs::hard_link(place.path("a"), place.path("hard")).unwrap();
    fs::create_dir(place.path("empty")).unwrap();
    let run = place.run().await;
    place.assert_right(&run).await;
    assert!(run.uploaded().await);
    place.write("b", "later");
    let run = place.run().await;
    place.assert_right(&run).await;
    assert!(!run.uploaded().await);
}

/// What a command says that says something else each time it runs.
async fn said_of(engine: &Engine, mount: Mount, nonce: &str) -> String {
    let mut spec = shell(engine, &format!("cat /proc/sys/kernel/random/uuid; : {nonce}"));
    spec.mounts.push(mount);
    let outputs = wrapped(engine, &spec, Expect::Success);
    engine.exec_result(&outputs).await.unwrap().stdout
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_with_the_same_content_is_found() {
    let mounts: [fn(Output) -> Mount; 3] = [
        |tree| Mount::readonly("/src", tree, ""),
        |tree| Mount::output("/src", tree),
        |tree| {
            let copied = file::copy(&Output::scratch(), &tree, "/", "/", &CopyOptions::default());
            Mount::readonly("/src", copied, "")
        },
    ];
    for mount in mounts {
        let Some(mut place) = Place::new().await else { return };
        let nonce = nonce();
        let said = async |place: &mut Place| {
            let run = place.run().await;
            let said = said_of(&run.engine, mount(run.tree.clone()), &nonce).await;
            place.usage = run.engine.usage();
            assert_eq!(place.usage.compared, place.usage.directories);
            run.uploaded().await;
            said
        };
        let before = said(&mut place).await;
        let content = fs::read_to_string(place.path("a")).unwrap();
        place.write("a", "changed");
        let changed = said(&mut place).await;
        assert_ne!(changed, before);
        let (engine, tree) = place.whole().await;
        assert_eq!(said_of(&engine, mount(tree), &nonce).await, changed, "by another name");
        place.write("a", &content);
        assert_eq!(said(&mut place).await, before, "changed back");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_the_engine_has_no_more_is_made_again() {
    let Some(place) = Place::new().await else { return };
    let record = place.record().unwrap();
    let mut bytes = fs::read(&record).unwrap();
    // The name of the session follows the beginning, a byte and its length.
    let name = b"dockwright upload 1\n".len() + 5;
    bytes[name..name + 40].copy_from_slice(format!("{:a<40}", nonce()).get(..40).unwrap().as_bytes());
    fs::write(&record, &bytes).unwrap();
    place.write("a", "changed");
    fs::remove_file(place.path("b")).unwrap();
    let begun = Instant::now();
    let run = place.run().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    place.assert_right(&run).await;
    // Longer than the engine waits for a session: the name must not have become one of what is there now.
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert!(run.uploaded().await);
    assert_ne!(fs::read(&record).unwrap(), bytes, "it remembers the new one");
    fs::write(&record, &bytes).unwrap();
    place.write("a", "changed again");
    let run = place.run().await;
    place.assert_right(&run).await;
    assert!(run.uploaded().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directory_that_is_copied_is_uploaded() {
    let Some(mut place) = Place::new().await else { return };
    place.usage.compared = place.usage.directories.clone();
    place.write("a", "changed");
    assert!(place.run().await.uploaded().await);
    assert!(
        place.record().is_none(),
        "that upload may be written over the one before"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runs_at_once_do_not_disturb_each_other() {
    let Some(place) = Place::new().await else { return };
    place.write("a", "one");
    let one = place.run().await;
    place.write("a", "two");
    let two = place.run().await;
    let read = async |run: &Run| run.engine.read_file(&run.tree, "/a").await.unwrap();
    let (first, second) = tokio::join!(read(&one), read(&two));
    assert_eq!((first.as_slice(), second.as_slice()), (&b"one"[..], &b"two"[..]));
    place.assert_right(&two).await;
    assert!(!one.uploaded().await && !two.uploaded().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_before_a_late_upload_does_not_stay_for_ever() {
    let Some(place) = Place::new().await else { return };
    // Too much for changes, so that it is uploaded.
    place.write("d/large", &"x".repeat(2 << 20));
    let run = place.run().await;
    place.write("d/passing", "only while the upload begins");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert!(run.uploaded().await);
    fs::remove_file(place.path("d/passing")).unwrap();
    place.write("a", "changed");
    let run = place.run().await;
    place.assert_right(&run).await;
    assert!(!run.uploaded().await);
}
