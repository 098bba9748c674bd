//! From a module reference to a `LockedModule`: the manifest, where its files are, what they add up to, what the language's runtime needs beside them.
//!
//! This crate reads and writes files of modules and of the user's cache. It runs no module code, knows no GraphQL and never prints.

mod artifact;
mod component;
mod definition_cache;
mod digest;
mod edit;
mod editor_sdk;
mod error;
mod find;
mod git_reference;
mod included;
mod locked;
mod lockfile;
mod manifest;
mod npm;
mod permissions;
mod provenance;
mod publish;
mod publish_context;
mod python;
mod reference;
mod requirements;
mod resolve;
mod scaffold;
mod sdk_language;
mod staging;
mod trust;
mod type_check;
mod typescript;
mod untouched;
mod verify;
mod web_page;

pub use artifact::{ArtifactModule, find_artifact};
pub use definition_cache::DefinitionCache;
pub use dockwright_typescript::Dependencies as TypeScriptDependencies;
pub use edit::{DependencyList, Installation, Removal, Update, Updated, set_self_calls};
pub use editor_sdk::{write_editor_sdk, write_go_sdk};
pub use error::ModuleError;
pub use find::{context_root, find_manifest};
pub use git_reference::GitRef;
pub use locked::{Language, LockedDependency, LockedModule, Origin};
pub use lockfile::{DigestEntry, GitEntry, Lockfile};
pub use manifest::{Dependency, Manifest, Sdk};
pub use npm::{NpmProject, install_npm, vendor_npm, vendored_npm};
pub use permissions::{PermissionTable, is_held};
pub use provenance::{PROVENANCE, Provenance, provenance};
pub use publish::{PublishedFile, package_files, source_files, texts};
pub use publish_context::context_files;
pub use python::{PythonProject, vendor, vendored};
pub use reference::{ModuleRef, ReferenceError};
pub use requirements::{calls_itself, requirements};
#[cfg(test)]
use resolve::resolve;
pub use resolve::{
    GitError, PhaseEnd, Refresh, Resolution, Resolver, SourceCommit, VENDOR_FOLDER, VendoredCommit, Watch,
    source_commit, vendor_commits,
};
pub use scaffold::{InitOptions, Scaffolded, init};
pub use sdk_language::SdkLanguage;
pub use trust::{TRUST_NAME, Trust, TrustError, trust_files};
pub use type_check::{check_types, find_type_checker};
pub use typescript::{BundleCache, Bundled, typescript_definition};
pub use untouched::is_untouched;
pub use verify::{bundle_differs, definitions_differ};
