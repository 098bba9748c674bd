//! Lets the guest evaluate its bundle, and keeps the module as it is then: instances go on from there.
//!
//! The functions of the world are not there meanwhile. A guest that calls one fails to build.

use anyhow::{Context, anyhow, bail};
use wasmtime::{Engine, Extern, Instance, Linker, Memory, Module, Store, Val};
use wasmtime_wizer::{InstanceState, SnapshotVal, ValType, Wizer};

/// What the guest exports for this (`snapshot.rs` there).
const INPUT: &str = "snapshot_input";
const START: &str = "snapshot";
const ERROR: &str = "snapshot_error";

/// The core module with the engine started.
pub(super) fn make(module: &[u8], bundle: &str) -> anyhow::Result<Vec<u8>> {
    let mut wizer = Wizer::new();
    wizer.init_func(START);
    let (context, instrumented) = wizer.instrument(module).map_err(told("instrument the guest"))?;
    let engine = Engine::default();
    let module = Module::new(&engine, &instrumented).map_err(told("compile the guest"))?;
    let mut linker = Linker::new(&engine);
    linker
        .define_unknown_imports_as_traps(&module)
        .map_err(told("link the guest"))?;
    let mut store = Store::new(&engine, ());
    let instance = linker
        .instantiate(&mut store, &module)
        .map_err(told("start the guest"))?;
    let memory = instance
        .get_memory(&mut store, "memory")
        .context("the guest has no memory")?;
    evaluate(&mut store, &instance, memory, bundle)?;
    let mut state = State { store, instance };
    futures::executor::block_on(wizer.snapshot(&context, &mut state)).map_err(told("take the snapshot"))
}

fn evaluate(store: &mut Store<()>, instance: &Instance, memory: Memory, bundle: &str) -> anyhow::Result<()> {
    let input = instance
        .get_typed_func::<u32, u32>(&mut *store, INPUT)
        .map_err(told("find the guest's input"))?;
    let start = instance
        .get_typed_func::<(), u32>(&mut *store, START)
        .map_err(told("find the guest's start"))?;
    let error = instance
        .get_typed_func::<(), u32>(&mut *store, ERROR)
        .map_err(told("find the guest's error"))?;
    let length = u32::try_from(bundle.len()).context("the bundle is too large")?;
    let place = input.call(&mut *store, length).map_err(told("pass the bundle"))?;
    memory
        .write(&mut *store, place as usize, bundle.as_bytes())
        .map_err(|error| anyhow!("cannot pass the bundle: {error}"))?;
    let length = start.call(&mut *store, ()).map_err(told(
        "evaluate the globals and the SDK (do they call the host while they are loaded?)",
    ))?;
    if length > 0 {
        let place = error.call(&mut *store, ()).map_err(told("read the guest's error"))?;
        let mut text = vec![0; length as usize];
        memory
            .read(&*store, place as usize, &mut text)
            .map_err(|error| anyhow!("cannot read the guest's error: {error}"))?;
        bail!(
            "the globals or the SDK cannot be evaluated: {}",
            String::from_utf8_lossy(&text)
        );
    }
    Ok(())
}

/// wasmtime's errors are not `std::error::Error`s.
fn told(doing: &'static str) -> impl Fn(wasmtime::Error) -> anyhow::Error {
    move |error| anyhow!("cannot {doing}: {error:#}")
}

/// The guest that is snapshotted.
struct State {
    store: Store<()>,
    instance: Instance,
}

impl InstanceState for State {
    async fn global_get(&mut self, name: &str, _: ValType) -> SnapshotVal {
        let global = self
            .instance
            .get_export(&mut self.store, name)
            .and_then(Extern::into_global);
        match global.map(|global| global.get(&mut self.store)) {
            Some(Val::I32(value)) => SnapshotVal::I32(value),
            Some(Val::I64(value)) => SnapshotVal::I64(value),
            Some(Val::F32(value)) => SnapshotVal::F32(value),
            Some(Val::F64(value)) => SnapshotVal::F64(value),
            Some(Val::V128(value)) => SnapshotVal::V128(value.as_u128()),
            // Wizer has checked that mutable globals hold numbers, and exports each under the name it asks for.
            _ => unreachable!("{name} holds no number"),
        }
    }

    async fn memory_contents(&mut self, name: &str, contents: impl FnOnce(&[u8]) + Send) {
        let memory = self.instance.get_memory(&mut self.store, name);
        contents(memory.map_or(&[], |memory| memory.data(&self.store)));
    }
}
