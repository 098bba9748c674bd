//! Makes the snapshot of a module: runs it up to where it is loaded, keeps the memory, and sees whether an instance starts from it.
//!
//! One instance exists at a time, and nothing of its memory is copied but to the file.

use super::dump::Dump;
use super::error::SnapshotError;
use super::file::Image;
use super::{Watch, key};
use crate::aot::Trusted;
use crate::engine;
use crate::imports::api::Door;
use crate::instance::{Instance, Parts};
use crate::language::{ModuleSource, Purpose};
use crate::linked::Linked;
use crate::output::Output;
use crate::runtime::{Inner, Runtime};
use camino::Utf8Path;
use dockwright_telemetry::{SpanId, Telemetry};
use wasmtime::Engine;

/// Tells the guest that it is to be kept. Not for module code: the guest takes it away.
const WANTED: &str = "DOCKWRIGHT_SNAPSHOT";

/// Which image of which file an instance has started from, and the globals that go with it.
struct Written {
    image: Image,
    globals: Vec<u128>,
}

impl Runtime {
    /// Keeps the memory of an instance that has loaded the module; [`load`](Runtime::load) starts from it in this process's successors. Takes
    /// longer than a call, blocks the thread, and waits for another process that keeps one; when that has kept this one, there is nothing to do.
    /// `is_unchanged` says at the end whether the source is still what its digest was taken of.
    ///
    /// # Errors
    /// Why it is not kept. Nothing is left behind then, and calls work without.
    pub async fn keep(&self, source: &ModuleSource, is_unchanged: impl FnOnce() -> bool) -> Result<(), SnapshotError> {
        let runtime = &*self.inner;
        let component = self.component(&source.language)?;
        let key = key(source, &component.digest)
            .filter(|_| runtime.options.snapshots)
            .ok_or(SnapshotError::None)?;
        let engine = engine::observed().map_err(SnapshotError::Engine)?;
        runtime.slots.add(&engine);
        let base = runtime.full.code(&component)?.ok_or(SnapshotError::NoImage)?;
        let write = async |to: &Utf8Path| write(runtime, &engine, source, &base, to).await;
        let check = async |code: Trusted, written: Written| {
            let linked = linked(&engine, source, &code)?;
            let started = Dump::of(start(runtime, source, &linked).await?.0).await?;
            if started.globals != written.globals || !written.image.is_of(code.path(), started.memory())? {
                return Err(SnapshotError::Different);
            }
            is_unchanged().then_some(()).ok_or(SnapshotError::Changed)
        };
        runtime.snapshots.make(&key, write, check).await
    }
}

/// Writes the code of `base` to `to` so that instances start with the module loaded.
async fn write(
    runtime: &Inner,
    engine: &Engine,
    source: &ModuleSource,
    base: &Trusted,
    to: &Utf8Path,
) -> Result<Written, SnapshotError> {
    let linked = linked(engine, source, base)?;
    let fresh = Dump::of(start(runtime, source, &linked).await?.0).await?;
    let image = Image::find(base.path(), fresh.memory())?;
    let (globals, length) = (fresh.globals.clone(), fresh.memory().len());
    drop(fresh);
    let loaded = Dump::of(load(runtime, source, &linked).await?).await?;
    if globals != loaded.globals {
        return Err(SnapshotError::Globals);
    }
    if length != loaded.memory().len() {
        return Err(SnapshotError::NoRoom);
    }
    image.replace(base.path(), to, loaded.memory())?;
    Ok(Written { image, globals })
}

fn linked(engine: &Engine, source: &ModuleSource, code: &Trusted) -> Result<Linked, SnapshotError> {
    let component = code.load(engine).map_err(SnapshotError::Engine)?;
    Ok(Linked::new(&component, &source.name)?)
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
