//! What editors and type checkers read beside a module's source: the SDK, and with it the bindings of what the module depends on. The module
//! itself need not load for it: it is being written.

use super::bindings::refused;
use super::itself::{is_called, with_itself};
use super::{Need, go, graph};
use crate::error::CliError;
use crate::session::Session;
use dockwright_codegen::{python, typescript};
use dockwright_module::{Language, LockedModule, source_files, write_editor_sdk, write_go_sdk};
use dockwright_schema::core_types::TYPES;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Writes it; gives the folder.
pub(crate) async fn write_for_editors(session: &Session, locked: &LockedModule) -> Result<PathBuf, CliError> {
    let name = &locked.manifest.name;
    let mut dependencies = graph::dependencies(session, locked).await?;
    if is_called(locked) && locked.language != Language::Go {
        // Where it does not load, its own functions are not known yet.
        let loaded = graph::prepare(session, &Arc::new(locked.clone()), Need::Definition).await;
        if let Some(itself) = loaded.ok().and_then(|mut modules| modules.pop()) {
            dependencies = with_itself(locked, &itself.module.def, &dependencies);
        }
    }
    let bindings = match &locked.language {
        Language::Go => {
            let introspected = go::introspect(session, locked).await?;
            let dependencies = with_itself(locked, &introspected.definition, &dependencies);
            let generated = go::bindings(name, &introspected, &dependencies)?;
            write_go_sdk(&locked.source, &introspected, &generated)?;
            return Ok(locked.source.join("internal/dagger"));
        }
        Language::Rust | Language::Component(_) | Language::Nothing => return Ok(locked.source.clone()),
        _ if dependencies.is_empty() => None,
        Language::Python(_) => Some(python::client(TYPES, &dependencies)),
        Language::TypeScript(_) => Some(typescript::dependencies(&dependencies)),
    };
    let bindings = bindings.transpose().map_err(|error| refused(name, &error))?;
    write_editor_sdk(&locked.source, locked.language.sdk(), bindings.as_deref())?;
    Ok(locked.source.join("sdk"))
}

/// Writes it below a folder that stands for the manifest's, and nothing else. The module's own files are not touched.
pub(crate) async fn write_for_editors_at(
    session: &Session,
    locked: &LockedModule,
    root: &Path,
) -> Result<(), CliError> {
    let subpath = locked.source.strip_prefix(&locked.root).unwrap_or(Path::new(""));
    let source = root.join(subpath);
    let mut copied = Vec::new();
    for (name, from) in source_files(locked)? {
        let to = source.join(name);
        if let Some(folder) = to.parent() {
            fs_err::create_dir_all(folder)?;
        }
        fs_err::copy(from, &to)?;
        copied.push(to);
    }
    let written = LockedModule {
        root: root.to_owned(),
        source,
        ..locked.clone()
    };
    write_for_editors(session, &written).await?;
    for path in copied {
        fs_err::remove_file(path)?;
    }
    remove_empty(root)?;
    Ok(())
}

fn remove_empty(directory: &Path) -> Result<bool, CliError> {
    let mut is_empty = true;
    for entry in fs_err::read_dir(directory)? {
        let path = entry?.path();
        if !path.is_dir() || path.is_symlink() || !remove_empty(&path)? {
            is_empty = false;
        }
    }
    if is_empty {
        fs_err::remove_dir(directory)?;
    }
    Ok(is_empty)
}
