//! What an instance consists of between two calls: its memory, and the globals of its core modules.

use super::error::SnapshotError;
use crate::instance::{Instance, State};
use wasmtime::{Global, Memory, Mutability, Store, Val, WasmCoreDump};

/// An instance that was stopped. Nothing runs in it any more.
pub(super) struct Dump {
    store: Store<State>,
    memory: Memory,
    /// Every global that can change, in the order of the component.
    pub(super) globals: Vec<u128>,
}

impl Dump {
    /// Stops the instance. Its engine must be the one of [`crate::engine::observed`].
    pub(super) async fn of(mut instance: Instance) -> Result<Dump, SnapshotError> {
        let (world, store) = instance.world().ok_or(SnapshotError::NotAModule)?;
        // The next function is stopped before its first instruction: the guest is as the last call left it.
        store.epoch_deadline_trap();
        store.set_epoch_deadline(0);
        let Err(stopped) = world.dockwright_module_functions().call_describe(&mut *store).await else {
            return Err(SnapshotError::NotStopped);
        };
        let dump = stopped
            .downcast_ref::<WasmCoreDump>()
            .ok_or(SnapshotError::NotStopped)?;
        let mut memories = dump.memories().iter().filter(|memory| memory.data_size(&*store) > 0);
        let (Some(memory), None) = (memories.next().copied(), memories.next()) else {
            return Err(SnapshotError::Memories);
        };
        let changing = dump.globals().iter().filter(|global| is_mutable(global, store));
        let changing: Vec<Global> = changing.copied().collect();
        let globals = changing
            .into_iter()
            .map(|global| bits(global.get(&mut *store)))
            .collect::<Option<_>>()
            .ok_or(SnapshotError::Globals)?;
        let mut store = instance.into_store();
        // It is only looked at from here on, and others may run.
        store.data_mut().pause();
        Ok(Dump { store, memory, globals })
    }

    /// The memory, from its first byte.
    pub(super) fn memory(&self) -> &[u8] {
        self.memory.data(&self.store)
    }
}

fn is_mutable(global: &Global, store: &Store<State>) -> bool {
    global.ty(store).mutability() == Mutability::Var
}

/// A number as its bits; none for a reference, which means something in its instance only.
fn bits(value: Val) -> Option<u128> {
    match value {
        Val::I32(value) => Some(u128::from(value.cast_unsigned())),
        Val::I64(value) => Some(u128::from(value.cast_unsigned())),
        Val::F32(bits) => Some(u128::from(bits)),
        Val::F64(bits) => Some(u128::from(bits)),
        Val::V128(value) => Some(value.as_u128()),
        _ => None,
    }
}
