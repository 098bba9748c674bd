//! Making an artifact: its layers and manifests, always the same bytes for the same modules.

mod artifact;
mod error;
mod extract;
mod files;
mod layers;

pub use artifact::{PackOptions, Packed, Text, pack};
pub use error::PackError;
pub(crate) use extract::extract;
#[cfg(test)]
pub(crate) use files::{write_document, write_files};
pub use layers::{Content, PackCode, PackModule};
