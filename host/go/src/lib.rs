//! Go modules: from source to a component of the world `dockwright:module/module`.
//!
//! What a module offers is found by the introspector (`sdk-go/introspect`), which somebody with a WebAssembly runtime asks
//! what [`introspection::request`] says. [`build`] then compiles the source in a folder of its own, with the user's Go or with the
//! [toolchain pack](pack), and [`wrap`] puts the shim (`sdk-go/runtime`) around what came out. This crate runs no module code;
//! the network is used for nothing but the packages of other modules.

mod bridge;
mod build;
mod cache;
mod core_module;
mod error;
mod folder;
mod go_import;
pub mod introspection;
pub mod pack;
mod sdk;
mod shim;
mod toolchain;
mod wrap;

pub use build::{BuildOptions, build};
pub use cache::{GoCache, Kept};
pub use error::{GoError, WrapError};
pub use folder::is_generated;
pub use go_import::{GoImport, go_import};
pub use introspection::{Diagnostic, Introspected};
pub use sdk::{SdkFile, client_source, sdk_files};
pub use toolchain::{LocalGo, Packed, Toolchain};
pub use wrap::wrap;
