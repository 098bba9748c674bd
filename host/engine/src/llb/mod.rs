//! BuildKit's low-level build graph ("LLB"): what shall run, as immutable values that share their parts.
//!
//! An [`Output`] is one result of one operation, with the operations it depends on; building one costs no I/O. The digest of an operation
//! covers all that decides its result and nothing else: names and spans are beside it. The wire format is BuildKit's `pb.Definition`
//! (`solver/pb/ops.proto`). Nothing here talks to an engine; `solve` and `export` send definitions.

mod adopt;
pub(crate) mod audience;
mod definition;
mod exec;
pub mod file;
mod mount;
mod node;
mod output;
pub mod source;
mod tree;
pub(crate) mod upload;

pub use exec::{ExecFilesystems, ExecSpec, Network};
pub use file::{ChownId, CopyOptions, Owner};
pub use mount::{CacheSharing, Mount, MountKind, SecretEnv};
pub use output::Output;
pub use tree::{diff, merge};

pub(crate) use adopt::{Renames, adopt};
pub(crate) use node::{INTERNAL, Node};
pub(crate) use output::Inputs;
