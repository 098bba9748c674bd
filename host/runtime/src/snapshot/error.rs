//! Why a module's memory is not kept.

use crate::aot::AotError;
use crate::call_error::CallError;
use crate::error::RuntimeError;

/// Why there is no snapshot. Calls go on without.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Its file cannot be kept.
    #[error(transparent)]
    Aot(#[from] AotError),
    /// The module's runtime cannot be used.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The module's code failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// wasmtime does not run here.
    #[error("cannot set up wasmtime: {0}")]
    Engine(String),
    /// A file cannot be read or written.
    #[error("cannot write the snapshot: {0}")]
    Io(#[from] std::io::Error),
    /// Modules of this language load fast without, or are switched off.
    #[error("there are no snapshots of this module")]
    None,
    /// It is no module.
    #[error("the component is no module of the world")]
    NotAModule,
    /// It ran on.
    #[error("the instance did not stop where it should")]
    NotStopped,
    /// There is more to keep than one memory.
    #[error("the component has not one memory")]
    Memories,
    /// There is more to keep than memory.
    #[error("a global of the component holds a reference, or loading changed one")]
    Globals,
    /// Loading it does more than to fill memory.
    #[error("the module cannot be kept: {0}")]
    Unfit(String),
    /// Memory grew beyond its first content.
    #[error("loading the module needs more memory than there is room for")]
    NoRoom,
    /// The runtime's native code is not at hand, or has another form.
    #[error("the memory's first content is not in the native code")]
    NoImage,
    /// What was written is not what was meant.
    #[error("an instance does not start from the snapshot as it should")]
    Different,
    /// What was loaded may not be what was called.
    #[error("the module's source has changed meanwhile")]
    Changed,
}
