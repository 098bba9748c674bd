//! Getting results out of an engine: to a directory, to a tarball, to a registry, into Docker.
//!
//! Exporters end a build, so each export is a build of its own with a session of its own, which serves the same secrets and directories. What the run has
//! made already is not made again: the engine shares it between open builds.

mod directory;
mod image;
mod load;
mod options;
mod publish;
mod run;
mod tarball;

pub(crate) use run::Content;

pub use load::{load_into_docker, save_from_docker};
pub use options::{Compression, ImageOptions, MediaTypes, PlatformImage};
