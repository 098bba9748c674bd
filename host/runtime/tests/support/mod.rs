//! What the tests of this crate share: guests as components, a runtime in a folder of its own, a stand-in for the API.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise; no test binary uses all of it"
)]

use async_trait::async_trait;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_runtime::{CallError, Language, Limits, LoadedModule, ModuleSource, Runtime, RuntimeOptions};
use dockwright_schema::{CallStack, Execute, Failure, FunctionCall, ModuleId, Principal, Request};
use dockwright_telemetry::{EventKind, Stream, Telemetry};
use serde_json::Value;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tempfile::TempDir;

/// The repository.
pub fn root() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize_utf8()
        .unwrap()
}

/// The guest of that name (`tests/guests/guests/<name>.rs`) as a component file. The first call builds all of them.
pub fn guest(name: &str) -> Utf8PathBuf {
    static BUILT: OnceLock<Utf8PathBuf> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let target = root().join("target/guests");
        let components = target.join("components");
        cargo(&[
            "build",
            "--release",
            "--quiet",
            "--examples",
            "--target",
            "wasm32-unknown-unknown",
        ]);
        let modules = target.join("wasm32-unknown-unknown/release/examples");
        cargo(&[
            "run",
            "--release",
            "--quiet",
            "-p",
            "assemble",
            "--",
            modules.as_str(),
            components.as_str(),
        ]);
        components
    });
    built.join(format!("{name}.wasm"))
}

fn cargo(arguments: &[&str]) {
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root().join("tests/guests"))
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .status()
        .expect("cargo runs");
    assert!(
        status.success(),
        "`cargo {}` fails in tests/guests",
        arguments.join(" ")
    );
}

/// A runtime with a cache of its own.
pub struct Lab {
    pub runtime: Runtime,
    pub telemetry: Telemetry,
    pub api: Arc<FakeApi>,
    pub cache: Utf8PathBuf,
    dir: Arc<TempDir>,
}

impl Lab {
    pub fn new(limits: Limits) -> Lab {
        Lab::with_install(limits, None)
    }

    pub fn with_install(limits: Limits, install_dir: Option<Utf8PathBuf>) -> Lab {
        let dir = Arc::new(tempfile::tempdir().unwrap());
        Lab::over(dir, limits, install_dir)
    }

    /// Another process of the same user: it shares nothing but the cache.
    pub fn sharing(lab: &Lab, install_dir: Option<Utf8PathBuf>) -> Lab {
        Lab::over(Arc::clone(&lab.dir), Limits::default(), install_dir)
    }

    /// Ends the process; what it left on disk stays.
    pub fn close(self) -> Arc<TempDir> {
        self.dir
    }

    pub fn over(dir: Arc<TempDir>, limits: Limits, install_dir: Option<Utf8PathBuf>) -> Lab {
        let cache = Utf8Path::from_path(dir.path()).unwrap().join("cache");
        let telemetry = Telemetry::new();
        let options = RuntimeOptions {
            cache_dir: cache.clone(),
            install_dir,
            limits,
            snapshots: true,
        };
        let runtime = Runtime::new(options, telemetry.clone()).unwrap();
        Lab {
            runtime,
            telemetry,
            api: Arc::default(),
            cache,
            dir,
        }
    }

    pub async fn load(&self, name: &str) -> LoadedModule {
        let language = Language::Component { path: guest(name) };
        let source = ModuleSource {
            name: name.into(),
            digest: "d0".into(),
            language,
        };
        self.runtime.load(&source).await.unwrap()
    }

    /// Invokes `f` of the module with these arguments.
    pub async fn invoke(&self, module: &LoadedModule, arguments: Vec<Value>) -> Result<Value, CallError> {
        self.call(module, call("Main", "f", arguments)).await
    }

    pub async fn call(&self, module: &LoadedModule, call: FunctionCall) -> Result<Value, CallError> {
        let principal = Principal::Module(ModuleId("d0".into()));
        let stack = CallStack::default().push(1);
        self.runtime
            .invoke(module, call, self.api.clone(), principal, stack, 42)
            .await
    }

    /// Loads the guest, invokes it, and shows that the host is as good as before.
    pub async fn run(&self, name: &str, arguments: Vec<Value>) -> Result<Value, CallError> {
        let module = self.load(name).await;
        let result = self.invoke(&module, arguments).await;
        self.is_well().await;
        result
    }

    /// The host still serves other calls.
    pub async fn is_well(&self) {
        let echo = self.load("echo").await;
        let said = self.invoke(&echo, vec![7.into()]).await.unwrap();
        assert_eq!(said["arguments"]["a0"], 7);
    }

    /// What was printed so far to the span that all calls of this lab belong to.
    pub fn printed(&self, events: &mut dockwright_telemetry::Subscription) -> Vec<(Stream, String)> {
        let mut printed = Vec::new();
        while let Some(event) = events.try_recv() {
            if let EventKind::Output { stream, data, .. } = &event.kind {
                printed.push((*stream, data.clone()));
            }
        }
        printed
    }
}

pub fn call(parent_type: &str, name: &str, arguments: Vec<Value>) -> FunctionCall {
    let arguments = arguments
        .into_iter()
        .enumerate()
        .map(|(index, value)| (format!("a{index}"), value))
        .collect();
    FunctionCall {
        parent_type: parent_type.into(),
        parent: serde_json::json!({}),
        name: name.into(),
        arguments,
    }
}

/// The failure as users read it.
pub fn told(result: Result<Value, CallError>) -> String {
    match result {
        Ok(value) => panic!("no failure but {value}"),
        Err(error) => {
            let failure = Failure::from(error);
            format!("{}: {}", failure.kind, failure.message)
        }
    }
}

/// Answers a number after that many milliseconds, `panic` with a panic, and everything else at once.
#[derive(Default)]
pub struct FakeApi {
    pub requests: Mutex<Vec<Request>>,
    pub running: AtomicUsize,
    pub peak: AtomicUsize,
}

impl FakeApi {
    pub fn running(&self) -> usize {
        self.running.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Execute for FakeApi {
    async fn execute(&self, request: Request) -> String {
        self.requests.lock().unwrap().push(request.clone());
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.peak.fetch_max(running, Ordering::SeqCst);
        let _ending = Ending(&self.running);
        let document = request.document.trim_matches('"');
        assert_ne!(document, "panic", "this panic is part of the test");
        if let Ok(milliseconds) = document.parse() {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        }
        format!("<{document}>")
    }
}

struct Ending<'a>(&'a AtomicUsize);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A folder that only this user can write.
pub fn private(dir: &Utf8Path) {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .unwrap();
}
