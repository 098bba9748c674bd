//! Rust modules: from a package's source to a component.
//!
//! [`build`] runs the user's `cargo`, which runs the package's build scripts and macros with the rights of the user: callers must not build what the
//! user did not write. It knows nothing of what the module offers; the component says that itself. Its neighbours are `go` and `typescript`, which do
//! the same for theirs, and the command line, which keeps the result.

mod build;
mod cargo;
mod error;

pub use build::build;
pub use error::RustError;
