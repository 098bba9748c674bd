//! Modules in directories: the user's own, and those that a module names relative to itself.

use super::git::FilesOf;
use super::place::Place;
use crate::error::ModuleError;
use crate::find::{cleaned, context_root, find_manifest, manifest_in};
use std::path::Path;
use std::sync::Arc;

/// The module in the directory or in one above it, as the command line names it.
pub(super) fn of_user(reference: &str, path: &Path) -> Result<Place, ModuleError> {
    if !path.is_dir() {
        return Err(ModuleError::Reference {
            reference: reference.to_owned(),
            message: format!("there is no directory {}", path.display()),
        });
    }
    let manifest = find_manifest(path)?;
    let root = manifest.parent().unwrap_or(path).to_owned();
    Ok(Place {
        context: context_root(&root),
        manifest,
        root,
        repository: None,
    })
}

/// The module in exactly that directory, which a dependency of the module at `dependent` names. From git it stays in the repository.
pub(super) fn of_dependency(path: &Path, dependent: &Place) -> Result<Place, String> {
    if let Some(repository) = &dependent.repository {
        let target = cleaned(&dependent.root.join(path));
        let subpath = target
            .strip_prefix(&repository.files)
            .ok()
            .filter(|_| path.is_relative())
            .ok_or(match repository.of {
                FilesOf::Commit => "a module from git can name only paths in its own repository",
                FilesOf::Session { .. } => "a module in a directory can name only paths in this directory",
            })?;
        return Place::below(Arc::clone(repository), subpath);
    }
    let path = cleaned(&dependent.root.join(path));
    let root = path
        .canonicalize()
        .ok()
        .filter(|root| root.is_dir())
        .ok_or_else(|| format!("there is no directory {}", path.display()))?;
    let manifest = manifest_in(&root).ok_or_else(|| format!("there is no dagger.json in {}", root.display()))?;
    Ok(Place {
        context: context_root(&root),
        manifest,
        root,
        repository: None,
    })
}
