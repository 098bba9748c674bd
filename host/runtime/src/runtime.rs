//! The way in: loads modules and keeps what can be shared by their calls. How a call goes is in `describe.rs` and `invoke.rs`.

use crate::aot::{AotError, Digests, Snapshots, Source};
use crate::engine;
use crate::error::RuntimeError;
use crate::language::{Language, ModuleSource};
use crate::limits::Limits;
use crate::linked::Linked;
use crate::program::{self, Program};
use crate::slots::Slots;
use crate::snapshot;
use crate::ticker::Ticker;
use crate::tier::Tier;
use camino::Utf8PathBuf;
use dockwright_telemetry::{Outcome, SpanKind, Telemetry};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::OnceCell;
use wasmtime::component::Component;

/// Where the runtime keeps and finds its files, and what modules may use.
#[derive(Clone, Debug)]
pub struct RuntimeOptions {
    /// Holds `native/` (native code) and `pyc/` (Python bytecode). Made when it is missing; only this user may write it.
    pub cache_dir: Utf8PathBuf,
    /// Holds `runtimes/python.wasm`, `runtimes/python.cwasm`, the same for `typescript`, … as `aot::prepare` writes them.
    pub install_dir: Option<Utf8PathBuf>,
    /// What a call may use.
    pub limits: Limits,
    /// Whether modules that take time to load are kept loaded for later calls, and start from what was kept.
    pub snapshots: bool,
}

/// Loads and calls modules. Clones share everything.
#[derive(Clone)]
pub struct Runtime {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) options: RuntimeOptions,
    pub(crate) telemetry: Telemetry,
    pub(crate) slots: Slots,
    /// For everything; its code may come with the installation.
    pub(crate) full: Tier,
    /// For components that change often, made when there is one; none where the platform has no such engine.
    quick: OnceLock<Option<Tier>>,
    digests: Arc<Digests>,
    /// Components of this process by digest. The first who needs one makes it, the others wait.
    linked: Mutex<HashMap<String, Arc<OnceCell<Arc<Linked>>>>>,
    /// Where loaded modules are kept, and which should be.
    pub(crate) snapshots: Snapshots,
    due: Mutex<Vec<ModuleSource>>,
    /// Modules whose use this process has noted.
    counted: Mutex<HashSet<String>>,
    /// The same for programs.
    programs: Mutex<HashMap<String, Arc<OnceCell<Program>>>>,
}

/// A module that is ready to be called. Clones share everything.
#[derive(Clone)]
pub struct LoadedModule {
    pub(crate) source: Arc<ModuleSource>,
    pub(crate) linked: Arc<Linked>,
    runtime_digest: Arc<str>,
}

impl LoadedModule {
    /// What it was loaded from.
    pub fn source(&self) -> &ModuleSource {
        &self.source
    }

    /// blake3 of the component that runs it, hex: part of the key of everything that is derived from running it.
    pub fn runtime_digest(&self) -> &str {
        &self.runtime_digest
    }
}

impl Runtime {
    /// Sets up the engine that everything can run in. Touches no file.
    ///
    /// # Errors
    /// When wasmtime cannot run on this machine.
    pub fn new(options: RuntimeOptions, telemetry: Telemetry) -> Result<Runtime, RuntimeError> {
        let engine = engine::new().map_err(RuntimeError::Engine)?;
        let digests = Arc::new(Digests::new(&options.cache_dir));
        let slots = Slots::new(options.limits.running, Ticker::new(&engine));
        let full = Tier::new(engine, &options.cache_dir, &digests);
        let snapshots = full.snapshots();
        Ok(Runtime {
            inner: Arc::new(Inner {
                options,
                telemetry,
                slots,
                full,
                quick: OnceLock::new(),
                digests,
                linked: Mutex::default(),
                snapshots,
                due: Mutex::default(),
                counted: Mutex::default(),
                programs: Mutex::default(),
            }),
        })
    }

    /// Digest (blake3, hex) of the component that runs modules of this language. Cheap: that of a shared runtime was written
    /// beside it, that of a module's own component is remembered while its file stays the same.
    ///
    /// # Errors
    /// When there is no such component.
    pub fn runtime_digest(&self, language: &Language) -> Result<String, RuntimeError> {
        Ok(self.component(language)?.digest)
    }

    /// Makes the module's component ready to be called. A component is read once per process; native code that neither the
    /// installation nor the cache has is compiled, which takes seconds, and is told as a span.
    ///
    /// # Errors
    /// When the component is missing, is no module, wants what modules do not get, or cannot be compiled.
    pub async fn load(&self, source: &ModuleSource) -> Result<LoadedModule, RuntimeError> {
        let component = self.component(&source.language)?;
        let key = self
            .inner
            .options
            .snapshots
            .then(|| snapshot::key(source, &component.digest));
        let linked = match self.kept(source, key.flatten()).await {
            Some(linked) => linked,
            None => self.not_loaded(source, &component).await?,
        };
        Ok(LoadedModule {
            source: Arc::new(source.clone()),
            linked,
            runtime_digest: component.digest.into(),
        })
    }

    /// Modules that have been called often enough to be [kept](Runtime::keep), each told once. To be asked when a run is over.
    pub fn take_due(&self) -> Vec<ModuleSource> {
        std::mem::take(&mut *self.inner.due.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The module's component in which none of its code has run, whatever is kept of it.
    pub(crate) async fn unloaded(&self, source: &ModuleSource) -> Result<Arc<Linked>, RuntimeError> {
        self.not_loaded(source, &self.component(&source.language)?).await
    }

    async fn not_loaded(&self, module: &ModuleSource, source: &Source) -> Result<Arc<Linked>, RuntimeError> {
        let cell = self.cell(&source.digest);
        Ok(Arc::clone(cell.get_or_try_init(|| self.link(module, source)).await?))
    }

    /// The component in the state after the module was loaded, if that was kept.
    async fn kept(&self, module: &ModuleSource, key: Option<String>) -> Option<Arc<Linked>> {
        let (inner, key) = (&self.inner, key?);
        let cell = self.cell(&key);
        let kept = cell.get_or_try_init(async || {
            let code = inner.snapshots.find(&key).ok_or(None)?;
            let component = code.load(&inner.full.engine).map_err(Some)?;
            let linked = Linked::new(&component, &module.name).map_err(|error| Some(error.to_string()))?;
            Ok::<_, Option<String>>(Arc::new(linked))
        });
        match kept.await {
            Ok(linked) => Some(Arc::clone(linked)),
            Err(reason) => {
                if let Some(reason) = reason {
                    tracing::warn!(module = module.name, reason, "a snapshot is not accepted");
                }
                let first = inner
                    .counted
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(key.clone());
                if first && inner.snapshots.uses(&key).is_some_and(|file| snapshot::is_due(&file)) {
                    let mut due = inner.due.lock().unwrap_or_else(PoisonError::into_inner);
                    due.push(module.clone());
                }
                None
            }
        }
    }

    fn cell(&self, key: &str) -> Arc<OnceCell<Arc<Linked>>> {
        let mut linked = self.inner.linked.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(linked.entry(key.to_owned()).or_default())
    }

    /// As [`load`](Runtime::load), for a program of the installation.
    pub(crate) async fn load_program(&self, source: &ModuleSource) -> Result<Program, RuntimeError> {
        let component = self.component(&source.language)?;
        let cell = {
            let mut programs = self.inner.programs.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(programs.entry(component.digest.clone()).or_default())
        };
        let program = cell.get_or_try_init(async || {
            let code = self.native(source, &component).await?;
            program::link(&self.inner.full.engine, &code, &source.name)
        });
        Ok(program.await?.clone())
    }

    pub(crate) fn component(&self, language: &Language) -> Result<Source, RuntimeError> {
        language.component(self.inner.options.install_dir.as_deref(), &self.inner.digests)
    }

    async fn link(&self, module: &ModuleSource, source: &Source) -> Result<Arc<Linked>, RuntimeError> {
        let component = self.native(module, source).await?;
        Ok(Arc::new(Linked::new(&component, &module.name)?))
    }

    /// The component's native code, compiled when nobody has it: quickly, if it may change soon and the quick engine takes it.
    async fn native(&self, module: &ModuleSource, source: &Source) -> Result<Component, RuntimeError> {
        let full = &self.inner.full;
        let quick = matches!(module.language, Language::Built { .. }).then(|| self.quick());
        let quick = quick.flatten();
        if let Some(component) = full.find(source)? {
            return Ok(component);
        }
        if let Some(quick) = quick {
            if let Some(component) = quick.find(source)? {
                return Ok(component);
            }
            match self.compile(module, source, quick).await {
                Err(RuntimeError::Aot(error)) if matches!(*error, AotError::Compile { .. }) => {
                    tracing::debug!(%error, "the quick engine does not take it");
                }
                compiled => return compiled,
            }
        }
        self.compile(module, source, full).await
    }

    /// The engine for components that change often, where there is one.
    fn quick(&self) -> Option<&Tier> {
        let inner = &self.inner;
        let made = inner.quick.get_or_init(|| match engine::quick() {
            Ok(engine) => {
                let engine = engine?;
                inner.slots.add(&engine);
                Some(Tier::changing(engine, &inner.options.cache_dir, &inner.digests))
            }
            Err(message) => {
                tracing::warn!(message, "the quick engine cannot be set up");
                None
            }
        });
        made.as_ref()
    }

    async fn compile(&self, module: &ModuleSource, source: &Source, tier: &Tier) -> Result<Component, RuntimeError> {
        let (what, often) = match &module.language {
            Language::Python { .. } => ("the Python runtime", " (only once)"),
            Language::TypeScript { .. } => ("the TypeScript runtime", " (only once)"),
            Language::Component { .. } => (module.name.as_str(), " (only once)"),
            Language::Built { .. } => (module.name.as_str(), ""),
            Language::Tool { name } => (*name, " (only once)"),
        };
        let span = self
            .inner
            .telemetry
            .span(format!("compile {what}{often}"), SpanKind::Phase, None);
        let component = tier.compile(source).await;
        span.finish(match &component {
            Ok(_) => Outcome::Done,
            Err(error) => Outcome::Failed(error.to_string()),
        });
        component
    }
}
