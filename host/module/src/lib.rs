//! From a module reference to a `LockedModule`: the manifest, where its files are, what they add up to, what the language's runtime needs beside them.
//!
//! This crate reads and writes files of modules and of the user's cache. It runs no module code, knows no GraphQL and never prints.

mod definition_cache;
mod digest;
mod editor_sdk;
mod error;
mod find;
mod locked;
mod manifest;
mod npm;
mod python;
mod reference;
mod scaffold;
mod sdk_language;
mod staging;
mod type_check;
mod typescript;

pub use definition_cache::DefinitionCache;
pub use editor_sdk::{write_editor_sdk, write_go_sdk};
pub use error::ModuleError;
pub use find::{context_root, find_manifest};
pub use locked::{Language, LockedModule, resolve};
pub use manifest::{Dependency, Manifest, Sdk};
pub use npm::{NpmProject, install_npm, vendor_npm, vendored_npm};
pub use python::{PythonProject, vendor, vendored};
pub use reference::ModuleRef;
pub use scaffold::{InitOptions, Scaffolded, init};
pub use sdk_language::SdkLanguage;
pub use type_check::{check_types, find_type_checker};
pub use typescript::{BundleCache, Bundled};
