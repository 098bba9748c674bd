//! Images: their names, their configuration, and finding both out from a registry.

mod config;
mod reference;
mod resolve;

pub use config::{HealthConfig, ImageConfig, RuntimeConfig};
pub use reference::{ImageReference, ReferenceError};
pub use resolve::ResolvedImage;
pub(crate) use resolve::{Resolutions, is_denied, is_missing};
