//! Makes the snapshot of a module: runs it up to where it is loaded, keeps the memory, and sees whether an instance starts from it.

use super::dump::Dump;
use super::{Watch, file};
use crate::aot::{AotError, Source, Trusted};
use crate::call_error::CallError;
use crate::engine;
use crate::error::RuntimeError;
use crate::imports::api::Door;
use crate::instance::{Instance, Parts};
use crate::language::{ModuleSource, Purpose};
use crate::linked::Linked;
use crate::output::Output;
use crate::runtime::{Inner, Runtime};
use dockwright_telemetry::{SpanId, Telemetry};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Tells the guest that it is to be kept. Not for module code: the guest takes it away.
const WANTED: &str = "DOCKWRIGHT_SNAPSHOT";
/// How long the end of a run waits for snapshots.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why there is no snapshot. Nobody but the log is told: calls go on without.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SnapshotError {
    #[error(transparent)]
    Aot(#[from] AotError),
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("cannot set up wasmtime: {0}")]
    Engine(String),
    #[error("cannot write the snapshot: {0}")]
    Io(#[from] std::io::Error),
    #[error("the component is no module of the world")]
    NotAModule,
    #[error("the instance did not stop where it should")]
    NotStopped,
    #[error("the component has not one memory")]
    Memories,
    #[error("a global of the component holds a reference, or loading changed one")]
    Globals,
    #[error("the module cannot be kept: {0}")]
    Unfit(String),
    #[error("loading the module needs more memory than there is room for")]
    NoRoom,
    #[error("the memory's first content is not in the native code")]
    NoImage,
    #[error("an instance does not start from the snapshot as it should")]
    Different,
}

/// Snapshots that are being made. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Making(Arc<Mutex<Vec<JoinHandle<()>>>>);

impl Making {
    /// Begins to make one beside the call that needs none.
    pub(crate) fn begin(&self, runtime: &Runtime, source: &ModuleSource, component: &Source, key: String) {
        let (runtime, source, component) = (runtime.clone(), source.clone(), component.clone());
        let handle = tokio::runtime::Handle::current();
        // Most of it computes and writes, so it needs a thread.
        let task = tokio::task::spawn_blocking(move || {
            match handle.block_on(make(&runtime.inner, &source, &component, &key)) {
                Ok(()) => tracing::debug!(module = source.name, "a snapshot was made"),
                Err(error) => tracing::debug!(module = source.name, %error, "no snapshot was made"),
            }
        });
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// Returns when all are made, or after a few seconds.
    pub(crate) async fn settle(&self) {
        let tasks = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let all = futures::future::join_all(tasks);
        tokio::time::timeout(PATIENCE, all).await.ok();
    }
}

/// Makes the snapshot of the module and puts it where [`crate::aot::Snapshots::find`] finds it.
pub(crate) async fn make(
    runtime: &Inner,
    source: &ModuleSource,
    component: &Source,
    key: &str,
) -> Result<(), SnapshotError> {
    let engine = engine::observed().map_err(SnapshotError::Engine)?;
    runtime.slots.add(&engine);
    let base = runtime.full.code(component)?.ok_or(SnapshotError::NoImage)?;
    let linked = |code: &Trusted| -> Result<Linked, SnapshotError> {
        let component = code.load(&engine).map_err(SnapshotError::Engine)?;
        Ok(Linked::new(&component, &source.name)?)
    };
    let from_base = linked(&base)?;
    let fresh = Dump::of(start(runtime, source, &from_base).await?.0).await?;
    let loaded = Dump::of(load(runtime, source, &from_base).await?).await?;
    if fresh.globals != loaded.globals {
        return Err(SnapshotError::Globals);
    }
    if fresh.memory().len() != loaded.memory().len() {
        return Err(SnapshotError::NoRoom);
    }
    let write = |to: &camino::Utf8Path| file::write(base.path(), to, fresh.memory(), loaded.memory());
    let check = async |written: Trusted| {
        let from_snapshot = linked(&written)?;
        let started = Dump::of(start(runtime, source, &from_snapshot).await?.0).await?;
        let same = started.globals == loaded.globals && started.memory() == loaded.memory();
        same.then_some(()).ok_or(SnapshotError::Different)
    };
    runtime.snapshots.make(key, write, check).await
}

/// An instance of the module that has not run, and what it asks of the host.
async fn start(
    runtime: &Inner,
    source: &ModuleSource,
    linked: &Linked,
) -> Result<(Instance, Watch, Output), SnapshotError> {
    let options = &runtime.options;
    let mut grants = source.grants(Purpose::Invoke, &options.cache_dir)?;
    grants.environment.push((WANTED, "1".to_owned()));
    let watch = Watch::default();
    // Nobody listens: what a module prints when it is loaded, every call prints, and so it is not kept.
    let output = Output::new(Telemetry::new(), SpanId(0), options.limits.output);
    let parts = Parts {
        grants,
        door: Door::Closed,
        output: output.clone(),
        watch: Some(watch.clone()),
    };
    let instance = Instance::start(linked, &options.limits, &runtime.slots, parts).await?;
    Ok((instance, watch, output))
}

/// An instance that has loaded the module and nothing else.
async fn load(runtime: &Inner, source: &ModuleSource, linked: &Linked) -> Result<Instance, SnapshotError> {
    let (mut instance, watch, output) = start(runtime, source, linked).await?;
    // The first call wakes the interpreter, and may ask for random numbers. It loads nothing.
    if instance.describe().await?.is_ok() {
        return Err(SnapshotError::Unfit("its runtime makes no snapshots".to_owned()));
    }
    let before = watch.noted();
    if let Err(failure) = instance.describe().await? {
        return Err(SnapshotError::Unfit(failure.message));
    }
    let asked = if watch.noted() != before {
        "clocks or random numbers"
    } else if instance.has_sent_requests() {
        "the API"
    } else if !output.is_untouched() {
        "an output stream"
    } else {
        return Ok(instance);
    };
    Err(SnapshotError::Unfit(format!("loading uses {asked}")))
}
