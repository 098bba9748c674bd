//! A module in a folder of its own, built with the toolchain pack.

use crate::support::{Lab, root};
use camino::Utf8PathBuf;
use dockwright_go::pack::{Ended, ModuleSettings, PackHost, Programs, Run, Step};
use dockwright_go::{BuildOptions, Introspected, Toolchain, introspection};
use dockwright_runtime::{CallError, Language, Limits, ModuleSource, ProgramFolder, ProgramRun, Runtime};
use dockwright_schema::Failure;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// A module that is built.
pub(crate) struct Builder {
    pub(crate) lab: Arc<Lab>,
    install: Utf8PathBuf,
    pub(crate) settings: ModuleSettings,
    /// What was told to take long.
    pub(crate) steps: Arc<Mutex<Vec<String>>>,
    pub(crate) folder: TempDir,
}

struct InRuntime {
    runtime: Runtime,
    steps: Arc<Mutex<Vec<String>>>,
    handle: tokio::runtime::Handle,
}

impl Builder {
    /// None, with the reason printed, when there is no pack.
    pub(crate) fn new() -> Option<Builder> {
        let chosen = std::env::var("DOCKWRIGHT_TEST_INSTALL").ok().map(Utf8PathBuf::from);
        let install = chosen.unwrap_or_else(|| root().join("target/release"));
        if !install.join("runtimes/go-pack.json").exists() {
            eprintln!("SKIPPED: there is no {install}/runtimes/go-pack.json; make it with `cargo xtask runtimes`");
            return None;
        }
        Some(Builder {
            lab: Arc::new(Lab::with_install(Limits::default(), Some(install.clone()))),
            install,
            settings: ModuleSettings {
                proxy: Some("off".to_owned()),
                ..ModuleSettings::default()
            },
            steps: Arc::default(),
            folder: tempfile::tempdir().unwrap(),
        })
    }

    /// An empty module beside this one, which shares its caches.
    pub(crate) fn another(&self) -> Builder {
        Builder {
            lab: Arc::clone(&self.lab),
            install: self.install.clone(),
            settings: self.settings.clone(),
            steps: Arc::default(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn source(&self) -> PathBuf {
        self.folder.path().join("module")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.source().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    /// The component, or what the user is told.
    pub(crate) async fn build(&self) -> Result<Vec<u8>, String> {
        let (source, context) = (self.source(), self.folder.path().to_owned());
        let request = introspection::request("ci", &source).unwrap();
        let answer = self
            .lab
            .runtime
            .run_tool(introspection::PROGRAM, request, 0)
            .await
            .unwrap();
        let introspected = Introspected::parse(answer).map_err(|error| error.to_string())?;
        let runtimes = self.install.join("runtimes").into_std_path_buf();
        let cache = self.lab.cache.join("go").into_std_path_buf();
        let settings = self.settings.clone();
        let programs = InRuntime {
            runtime: self.lab.runtime.clone(),
            steps: Arc::clone(&self.steps),
            handle: tokio::runtime::Handle::current(),
        };
        tokio::task::spawn_blocking(move || {
            let toolchain = Toolchain::find("DOCKWRIGHT_GO", Some("pack".as_ref()), &runtimes)
                .unwrap()
                .unwrap();
            let options = BuildOptions {
                module: "ci",
                source: &source,
                context: &context,
                introspected: &introspected,
                generated: &[],
                shim: &runtimes.join("go-shim.wasm"),
                scratch: &cache.join("build"),
            };
            let host = PackHost {
                runtimes: &runtimes,
                cache: &cache,
                settings: &settings,
                programs: &programs,
            };
            dockwright_go::build(&options, &toolchain, host).map_err(|error| error.to_string())
        })
        .await
        .unwrap()
    }

    /// Calls `hello` of the component.
    pub(crate) async fn call(&self, component: &[u8], arguments: &[(&str, Value)]) -> Value {
        self.called(component, arguments).await.unwrap()
    }

    /// Calls `hello`, which fails.
    pub(crate) async fn fail(&self, component: &[u8], arguments: &[(&str, Value)]) -> Failure {
        self.called(component, arguments).await.unwrap_err().into()
    }

    async fn called(&self, component: &[u8], arguments: &[(&str, Value)]) -> Result<Value, CallError> {
        let path = Utf8PathBuf::try_from(self.folder.path().join("component.wasm")).unwrap();
        fs_err::write(&path, component).unwrap();
        let source = ModuleSource {
            name: "ci".into(),
            digest: "d0".into(),
            language: Language::Component { path },
        };
        let loaded = self.lab.runtime.load(&source).await.unwrap();
        let call = dockwright_schema::FunctionCall {
            parent_type: "Ci".to_owned(),
            parent: serde_json::json!({}),
            name: "hello".to_owned(),
            arguments: arguments
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        };
        self.lab.call(&loaded, call).await
    }
}

impl Programs for InRuntime {
    fn run(&self, run: Run) -> Result<Ended, String> {
        let run = ProgramRun {
            name: run.program,
            arguments: run.arguments,
            environment: run.environment,
            folders: run
                .folders
                .into_iter()
                .map(|folder| ProgramFolder {
                    host: folder.host.try_into().unwrap(),
                    guest: folder.guest,
                    writable: folder.writable,
                })
                .collect(),
            memory: 3 << 30,
            time: Duration::from_secs(60),
        };
        let ended = self
            .handle
            .block_on(self.runtime.run_program(&run))
            .map_err(|error| error.to_string())?;
        Ok(Ended {
            status: ended.status,
            output: ended.stdout + &ended.stderr,
        })
    }

    fn ask(&self, request: Value) -> Result<Value, String> {
        self.handle
            .block_on(self.runtime.run_tool(introspection::PROGRAM, request, 0))
            .map_err(|error| error.to_string())
    }

    fn step(&self, label: &str) -> Box<dyn Step + '_> {
        self.steps.lock().unwrap().push(label.to_owned());
        Box::new(Untold)
    }
}

struct Untold;

impl Step for Untold {
    fn failed(&mut self, _: &str) {}
}
