//! What editors and type checkers read beside a module's source: the SDK, and with it the bindings of what the module depends on. The module
//! itself need not load for it: it is being written.

use super::bindings::refused;
use super::{go, graph};
use crate::error::CliError;
use crate::session::Session;
use dockwright_codegen::{python, typescript};
use dockwright_module::{Language, LockedModule, write_editor_sdk, write_go_sdk};
use dockwright_schema::core_types::TYPES;
use std::path::PathBuf;

/// Writes it; gives the folder.
pub(crate) async fn write_for_editors(session: &Session, locked: &LockedModule) -> Result<PathBuf, CliError> {
    let name = &locked.manifest.name;
    let dependencies = graph::dependencies(session, locked).await?;
    let bindings = match &locked.language {
        Language::Go => {
            let introspected = go::introspect(session, locked).await?;
            let generated = go::bindings(name, &introspected, &dependencies)?;
            write_go_sdk(&locked.source, &introspected, &generated)?;
            return Ok(locked.source.join("internal/dagger"));
        }
        Language::Rust | Language::Component(_) => return Ok(locked.source.clone()),
        _ if dependencies.is_empty() => None,
        Language::Python(_) => Some(python::client(TYPES, &dependencies)),
        Language::TypeScript(_) => Some(typescript::dependencies(&dependencies)),
    };
    let bindings = bindings.transpose().map_err(|error| refused(name, &error))?;
    write_editor_sdk(&locked.source, locked.language.sdk(), bindings.as_deref())?;
    Ok(locked.source.join("sdk"))
}
