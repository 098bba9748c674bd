//! Native code of components: compiled once, kept in files, mapped into memory.
//!
//! A component is known by the blake3 digest of its bytes, native code by that digest and the engine's fingerprint. Beside
//! every file of native code lies a record (`record.rs`) of what it is. Code is looked for in the installation, then in the
//! user's cache, and compiled into the cache when neither has it. Nothing is mapped that this crate, on behalf of this user
//! or of whoever built the installation, has not written and verified (`trusted.rs`).
//!
//! Nothing here knows what a component does.

mod cache;
mod digest;
mod error;
mod files;
mod prepare;
mod prune;
mod record;
mod snapshots;
mod stat;
mod trusted;

pub(crate) use cache::{CodeCache, Source};
pub(crate) use digest::Digests;
pub use error::AotError;
pub(crate) use files::private_dir;
pub use prepare::{Prepared, prepare, prepare_for};
pub(crate) use snapshots::Snapshots;
pub(crate) use trusted::Trusted;
