//! What an artifact is made of: an OCI image manifest whose layers are the documents and the code of a module and of all that it depends on.

mod config;
mod description;
mod error;
mod manifest;
pub(crate) mod media_type;
mod requirements;
mod section;

pub(crate) use config::wasm_config;
pub use description::{Code, CodeRole, Definition, DependencyEntry, Description, Language, ModuleEntry};
pub use error::FormatError;
pub(crate) use manifest::TITLE;
pub use manifest::{Descriptor, Manifest};
pub use requirements::{BUNDLE, PYTHON, Requirements, WORLD, for_people};
pub use section::embedded_definition;
pub(crate) use section::section;
