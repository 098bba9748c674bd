//! Python modules that are kept after they were loaded: when, what calls see of it, and what keeps them from it. Needs what `python.rs` needs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise, and say why when they are skipped"
)]

mod support;

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_runtime::{CallError, Language, Limits, ModuleSource, Runtime, RuntimeOptions, SnapshotError};
use dockwright_schema::{CallStack, Failure, ModuleId, Principal};
use dockwright_telemetry::{Stream, Telemetry};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{Lab, call, root};
use tempfile::TempDir;

/// What a module's value is when it is loaded anew, `mark` tells: the file is not part of the digest that these tests give.
const PROBE: &str = r#"
import json
import os
import random
import secrets
import sys
import uuid

from dagger import function, object_type

with open("/src/mark") as file:
    LOADED = file.read()
COUNTER = []


@object_type
class Probe:
    @function
    def loaded(self) -> str:
        COUNTER.append(1)
        return f"{LOADED} {len(COUNTER)}"

    @function
    def numbers(self) -> str:
        return json.dumps([random.random(), secrets.token_hex(8), str(uuid.uuid4()), os.urandom(8).hex()])

    @function
    def read(self) -> str:
        print("reading")
        with open("/src/mark") as file, open("/tmp/copy", "w+") as copy:
            copy.write(file.read())
            copy.seek(0)
            return copy.read()

    @function
    def environ(self) -> list[str]:
        return sorted(os.environ)

    @function
    def missing(self) -> str:
        return {}["missing"]
"#;

/// The installation that has a Python runtime; none, with the reason printed, when there is none.
fn install() -> Option<Utf8PathBuf> {
    let chosen = std::env::var("DOCKWRIGHT_TEST_INSTALL").ok().map(Utf8PathBuf::from);
    let install = chosen.unwrap_or_else(|| root().join("target/release"));
    if install.join("runtimes/python.wasm").exists() {
        return Some(install);
    }
    eprintln!("SKIPPED: there is no {install}/runtimes/python.wasm; make it with `cargo xtask runtimes`");
    None
}

/// A module, and the cache of a user who calls it.
struct Module {
    install: Utf8PathBuf,
    dir: Arc<TempDir>,
    source: TempDir,
    described: ModuleSource,
}

impl Module {
    fn new(main: &str) -> Option<Module> {
        let install = install()?;
        // Native code that the installation lacks is shared with the other tests; snapshots are of each module alone.
        let shared = root().join("target/tmp/python-tests");
        fs_err::create_dir_all(&shared).unwrap();
        support::private(&shared.join("native"));
        let dir = Arc::new(tempfile::tempdir_in(&shared).unwrap());
        let source = tempfile::tempdir().unwrap();
        fs_err::write(source.path().join("main.py"), main).unwrap();
        let described = ModuleSource {
            name: "probe".into(),
            digest: "d1".into(),
            language: Language::Python {
                root: Utf8Path::from_path(source.path()).unwrap().to_owned(),
                dependencies: None,
                generated: None,
            },
        };
        let module = Module {
            install,
            dir,
            source,
            described,
        };
        module.mark("one");
        Some(module)
    }

    fn mark(&self, text: &str) {
        fs_err::write(self.source.path().join("mark"), text).unwrap();
    }

    /// Calls a function in a process of its own.
    async fn run(&self, function: &str) -> Result<Value, CallError> {
        self.run_printing(function).await.0
    }

    async fn run_printing(&self, function: &str) -> (Result<Value, CallError>, Vec<(Stream, String)>) {
        let lab = Lab::over(Arc::clone(&self.dir), Limits::default(), Some(self.install.clone()));
        let mut events = lab.telemetry.subscribe();
        let loaded = lab.runtime.load(&self.described).await.unwrap();
        let result = lab.call(&loaded, call("Probe", function, vec![])).await;
        let printed = lab.printed(&mut events);
        for due in lab.runtime.take_due() {
            // What cannot be kept is the subject of some tests.
            self.keep(&due, || true).await.ok();
        }
        (result, printed)
    }

    /// Keeps the module, as the process does that a call leaves behind.
    async fn keep(&self, source: &ModuleSource, is_unchanged: impl FnOnce() -> bool) -> Result<(), SnapshotError> {
        let lab = Lab::over(Arc::clone(&self.dir), Limits::default(), Some(self.install.clone()));
        lab.runtime.keep(source, is_unchanged).await
    }

    /// A process that leaves nothing behind.
    fn runtime(&self, snapshots: bool) -> Runtime {
        let options = RuntimeOptions {
            cache_dir: Utf8Path::from_path(self.dir.path()).unwrap().join("cache"),
            install_dir: Some(self.install.clone()),
            limits: Limits::default(),
            snapshots,
        };
        Runtime::new(options, Telemetry::new()).unwrap()
    }

    /// Calls it until it is kept, if it is ever.
    async fn warm(&self) {
        for _ in 0..2 {
            self.run("loaded").await.unwrap();
        }
    }

    fn kept(&self) -> Vec<Utf8PathBuf> {
        let mut kept = self.files();
        kept.retain(|path| path.extension() == Some("cwasm"));
        kept
    }

    /// What is in the folder of snapshots.
    fn files(&self) -> Vec<Utf8PathBuf> {
        let cache = Utf8Path::from_path(self.dir.path()).unwrap().join("cache/native");
        let mut files = Vec::new();
        for engine in cache.read_dir_utf8().unwrap() {
            let Ok(found) = engine.unwrap().path().join("snapshots").read_dir_utf8() else {
                continue;
            };
            files.extend(found.map(|file| file.unwrap().into_path()));
        }
        files
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_call_keeps_the_module_and_later_ones_start_from_it() {
    let Some(mut module) = Module::new(PROBE) else { return };
    assert_eq!(module.run("loaded").await.unwrap(), "one 1");
    assert!(module.kept().is_empty());
    assert_eq!(module.run("loaded").await.unwrap(), "one 1");
    assert_eq!(module.kept().len(), 1);
    assert!(
        module.files().iter().all(|file| file.extension() != Some("uses")),
        "what is kept is not counted"
    );
    module.mark("two");
    for _ in 0..2 {
        assert_eq!(
            module.run("loaded").await.unwrap(),
            "one 1",
            "no call sees what another did"
        );
    }
    // Folders, streams, `/tmp` and the way back into the source are those of each call.
    let (read, printed) = module.run_printing("read").await;
    assert_eq!(read.unwrap(), "two");
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Stdout));
    let printed: String = printed.into_iter().map(|(_, text)| text).collect();
    assert_eq!(printed, "reading\n");
    assert_eq!(module.run("environ").await.unwrap(), json!(["DOCKWRIGHT_MODULE"]));
    let failure = Failure::from(module.run("missing").await.unwrap_err());
    assert_eq!(failure.kind, "KeyError");
    let place = failure.location.unwrap();
    let line = PROBE.lines().position(|line| line.contains("return {}")).unwrap() + 1;
    assert_eq!((place.file.as_str(), place.line as usize), ("main.py", line));
    assert!(failure.trace.unwrap().contains(r#"return {}["missing"]"#));

    module.described.digest = "d2".into();
    assert_eq!(
        module.run("loaded").await.unwrap(),
        "two 1",
        "other source is another module"
    );
    module.described.digest = "d1".into();
    assert_eq!(module.run("loaded").await.unwrap(), "one 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_packages_are_another_module() {
    let Some(mut module) = Module::new(PROBE) else { return };
    let packages = tempfile::tempdir().unwrap();
    if let Language::Python { dependencies, .. } = &mut module.described.language {
        *dependencies = Some(Utf8Path::from_path(packages.path()).unwrap().to_owned());
    }
    module.warm().await;
    module.mark("two");
    assert_eq!(module.run("loaded").await.unwrap(), "one 1");
    fs_err::write(packages.path().join("six.py"), "").unwrap();
    assert_eq!(module.run("loaded").await.unwrap(), "two 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_from_one_snapshot_share_no_randomness() {
    let Some(module) = Module::new(PROBE) else { return };
    module.warm().await;
    assert_eq!(module.kept().len(), 1);
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let drawn = module.run("numbers").await.unwrap();
        let drawn: Vec<Value> = serde_json::from_str(drawn.as_str().unwrap()).unwrap();
        numbers.extend(drawn.into_iter().map(|number| number.to_string()));
    }
    let drawn = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!((drawn, numbers.len()), (12, 12));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_depends_on_the_moment_or_leaves_more_than_memory_is_not_kept() {
    for top in [
        "random.random()",
        "random.seed(7)",
        "random.Random()",
        "uuid.uuid4()",
        "secrets.token_hex()",
        "__import__('time').time()",
        "__import__('datetime').datetime.now()",
        "__import__('time').monotonic()",
        "print('loaded')",
        "print('loaded', file=sys.stderr)",
        "open('/src/mark')",
        "open('/tmp/left', 'w').close()",
        "bytearray(64 << 20)",
    ] {
        let Some(module) = Module::new(&format!("{PROBE}\nTOP = {top}\n")) else {
            return;
        };
        module.warm().await;
        assert_eq!(module.kept(), Vec::<Utf8PathBuf>::new(), "{top}");
        module.mark("two");
        assert_eq!(module.run("loaded").await.unwrap(), "two 1", "{top}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_loaded_fails_as_ever() {
    let asking = "import asyncio\nfrom dagger import dag\nasyncio.run(dag.container().from_('alpine').sync())\n";
    for main in [asking, "import nothing_of_that_name\n"] {
        let Some(module) = Module::new(main) else { return };
        let mut told = Vec::new();
        for _ in 0..4 {
            let failure = Failure::from(module.run("loaded").await.unwrap_err());
            told.push(format!("{} {}", failure.kind, failure.message));
        }
        told.dedup();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(module.kept().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_was_tampered_with_is_not_used() {
    let Some(module) = Module::new(PROBE) else { return };
    module.warm().await;
    module.mark("two");
    assert_eq!(module.run("loaded").await.unwrap(), "one 1");
    let kept = module.kept();
    let [path] = kept.as_slice() else { panic!("{kept:?}") };
    let mut bytes = fs_err::read(path).unwrap();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    fs_err::write(path, bytes).unwrap();
    assert_eq!(module.run("loaded").await.unwrap(), "two 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_changed_since_its_digest_was_taken_is_not_kept() {
    let Some(module) = Module::new(PROBE) else { return };
    let refused = module.keep(&module.described, || false).await.unwrap_err();
    assert!(matches!(refused, SnapshotError::Changed), "{refused}");
    let left: Vec<_> = module.files();
    assert_eq!(left.len(), 1, "the lock alone: {left:?}");
    module.keep(&module.described, || true).await.unwrap();
    assert_eq!(module.kept().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_at_once_make_one() {
    let Some(module) = Module::new(PROBE) else { return };
    let made = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let runtime = module.runtime(true);
            let (made, source) = (&made, &module.described);
            scope.spawn(move || {
                let executor = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let count = || made.fetch_add(1, Ordering::Relaxed) < 2;
                executor.unwrap().block_on(runtime.keep(source, count)).unwrap();
            });
        }
    });
    assert_eq!((made.into_inner(), module.kept().len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_ended_process_left_does_no_harm() {
    let Some(module) = Module::new(PROBE) else { return };
    module.run("loaded").await.unwrap();
    let uses = module.files().into_iter().find(|file| file.extension() == Some("uses"));
    let making = uses.unwrap().with_file_name("making.cwasm");
    fs_err::write(&making, "half of it").unwrap();
    module.run("loaded").await.unwrap();
    module.mark("two");
    assert_eq!(module.run("loaded").await.unwrap(), "one 1");
    assert!(!making.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots_can_be_turned_off() {
    let Some(module) = Module::new(PROBE) else { return };
    for _ in 0..3 {
        let runtime = module.runtime(false);
        runtime.load(&module.described).await.unwrap();
        assert!(runtime.take_due().is_empty());
    }
    assert!(module.files().is_empty());
    let refused = module
        .runtime(false)
        .keep(&module.described, || true)
        .await
        .unwrap_err();
    assert!(matches!(refused, SnapshotError::None), "{refused}");
    module.warm().await;
    assert_eq!(module.kept().len(), 1);
    let (on, off) = (module.runtime(true), module.runtime(false));
    let (kept, loaded) = (
        on.load(&module.described).await.unwrap(),
        off.load(&module.described).await.unwrap(),
    );
    assert_eq!(kept.runtime_digest(), loaded.runtime_digest());
    module.mark("two");
    for (runtime, loaded, value) in [(on, kept, "one 1"), (off, loaded, "two 1")] {
        let principal = Principal::Module(ModuleId("d1".into()));
        let called = runtime.invoke(
            &loaded,
            call("Probe", "loaded", vec![]),
            Arc::new(support::FakeApi::default()),
            principal,
            CallStack::default(),
            1,
        );
        assert_eq!(called.await.unwrap(), value);
    }
}
