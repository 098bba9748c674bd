//! The way in: loads modules and keeps what can be shared by their calls. How a call goes is in `describe.rs` and `invoke.rs`.

use crate::aot::{AotError, CodeCache, Digests, Source, Trusted};
use crate::engine;
use crate::error::RuntimeError;
use crate::language::{Language, ModuleSource};
use crate::limits::Limits;
use crate::linked::Linked;
use crate::slots::Slots;
use crate::ticker::Ticker;
use camino::Utf8PathBuf;
use dockwright_telemetry::{Outcome, SpanKind, Telemetry};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;
use wasmtime::Engine;
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
}

/// Loads and calls modules. Clones share everything.
#[derive(Clone)]
pub struct Runtime {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) options: RuntimeOptions,
    pub(crate) telemetry: Telemetry,
    pub(crate) engine: Engine,
    pub(crate) slots: Slots,
    code: CodeCache,
    digests: Arc<Digests>,
    /// Components of this process by digest. The first who needs one makes it, the others wait.
    linked: Mutex<HashMap<String, Arc<OnceCell<Arc<Linked>>>>>,
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
    /// Sets up the engine. Touches no file.
    ///
    /// # Errors
    /// When wasmtime cannot run on this machine.
    pub fn new(options: RuntimeOptions, telemetry: Telemetry) -> Result<Runtime, RuntimeError> {
        let engine = engine::new().map_err(RuntimeError::Engine)?;
        let digests = Arc::new(Digests::new(&options.cache_dir));
        let code = CodeCache::new(&options.cache_dir, Arc::clone(&digests), engine::fingerprint(&engine));
        let slots = Slots::new(options.limits.running, Ticker::new(&engine));
        let linked = Mutex::default();
        Ok(Runtime {
            inner: Arc::new(Inner {
                options,
                telemetry,
                engine,
                slots,
                code,
                digests,
                linked,
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
        let cell = {
            let mut linked = self.inner.linked.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(linked.entry(component.digest.clone()).or_default())
        };
        let linked = cell.get_or_try_init(|| self.link(source, &component)).await?;
        Ok(LoadedModule {
            source: Arc::new(source.clone()),
            linked: Arc::clone(linked),
            runtime_digest: component.digest.into(),
        })
    }

    fn component(&self, language: &Language) -> Result<Source, RuntimeError> {
        language.component(self.inner.options.install_dir.as_deref(), &self.inner.digests)
    }

    async fn link(&self, module: &ModuleSource, source: &Source) -> Result<Arc<Linked>, RuntimeError> {
        let inner = &self.inner;
        let loaded = match inner.code.find(source)? {
            Some(code) => code.load(&inner.engine).map_err(|message| {
                tracing::warn!(component = %source.component, message, "native code is not accepted and is made anew");
                inner.code.discard(source);
            }),
            None => Err(()),
        };
        let component = match loaded {
            Ok(component) => component,
            Err(()) => self.compile(module, source).await?,
        };
        Ok(Arc::new(Linked::new(&inner.engine, &component, &module.name)?))
    }

    async fn compile(&self, module: &ModuleSource, source: &Source) -> Result<Component, RuntimeError> {
        let inner = &self.inner;
        let what = match module.language {
            Language::Python { .. } => "the Python runtime",
            Language::TypeScript { .. } => "the TypeScript runtime",
            Language::Component { .. } => module.name.as_str(),
            Language::Tool { name } => name,
        };
        let span = inner
            .telemetry
            .span(format!("compile {what} (only once)"), SpanKind::Phase, None);
        let made: Result<Trusted, AotError> = {
            let (inner, source) = (Arc::clone(inner), source.clone());
            tokio::task::spawn_blocking(move || inner.code.make(&inner.engine, &source))
                .await
                .unwrap_or_else(|error| Err(error.into()))
        };
        let component = made.map_err(RuntimeError::from).and_then(|code| {
            code.load(&inner.engine).map_err(|message| RuntimeError::NativeCode {
                component: source.component.clone(),
                message,
            })
        });
        span.finish(match &component {
            Ok(_) => Outcome::Done,
            Err(error) => Outcome::Failed(error.to_string()),
        });
        component
    }
}
