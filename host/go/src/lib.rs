//! Go modules: from source to a component of the world `dockwright:module/module`.
//!
//! What a module offers is found by the introspector (`sdk-go/introspect`), which somebody with a WebAssembly runtime asks
//! what [`introspection::request`] says. [`build`] then compiles the source with the user's Go in a folder of its own, and
//! [`wrap`] puts the shim (`sdk-go/runtime`) around what came out. This crate runs no module code and needs no network of its
//! own; Go may fetch the packages that a module names.

mod bridge;
mod build;
mod cache;
mod core_module;
mod error;
mod folder;
pub mod introspection;
mod sdk;
mod shim;
mod toolchain;
mod wrap;

pub use build::{BuildOptions, build};
pub use cache::{GoCache, Kept};
pub use error::{GoError, WrapError};
pub use folder::is_generated;
pub use introspection::{Diagnostic, Introspected};
pub use sdk::{SdkFile, sdk_files};
pub use toolchain::Toolchain;
pub use wrap::wrap;
