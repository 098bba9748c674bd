//! Memory of instances that have loaded their module, kept so that later calls need not load it again.
//!
//! CPython takes most of a short call to import the module. A snapshot is the native code of the runtime in which the first content of the
//! memory is replaced by that of an instance after the import (`file.rs`): the same code, mapped in the same way, that starts later. It is
//! made of an instance that gets no arguments and no answers (`make.rs`), and only when loading left nothing but memory behind, and asked for
//! nothing that would be answered otherwise next time (`watch.rs`). Without a snapshot a call does what it always did.
//!
//! [`Runtime::take_due`](crate::Runtime::take_due) tells after a call which modules are worth it (`uses.rs`). Making one takes longer than a
//! call, so whoever calls has it made by another process, through [`Runtime::keep`](crate::Runtime::keep).
//!
//! What a snapshot is taken of stands in its key (`key.rs`); which files are mapped, `aot` alone decides.

mod dump;
mod error;
mod file;
mod key;
mod make;
mod uses;
mod watch;

pub use error::SnapshotError;
pub(crate) use key::key;
pub(crate) use uses::is_due;
pub(crate) use watch::Watch;
