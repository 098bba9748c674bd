//! The files that default paths of a module name: they are published with it when they lie beside its manifest. What lies elsewhere is its
//! repository's, which a published module has left.

use crate::error::ModuleError;
use crate::find::cleaned;
use crate::locked::{LockedModule, Origin};
use crate::publish::{PublishedFile, beside, package_files};
use dockwright_schema::ModuleDef;
use dockwright_schema::module_def::ArgumentDef;
use ignore::gitignore::GitignoreBuilder;
use std::collections::BTreeMap;

/// Those files, by their paths from the manifest. What git ignores stays out, and what the arguments leave out.
///
/// # Errors
/// A file cannot be read, or a link leads out of the module's folder.
pub fn context_files(module: &LockedModule, definition: &ModuleDef) -> Result<Vec<PublishedFile>, ModuleError> {
    if let Origin::Artifact(artifact) = &module.origin {
        // It was published before, with all that there is.
        return artifact.context.as_deref().map_or(Ok(Vec::new()), package_files);
    }
    let functions = definition
        .objects
        .iter()
        .flat_map(|object| object.constructor.iter().chain(&object.functions));
    let mut found = BTreeMap::new();
    for argument in functions.flat_map(|function| &function.arguments) {
        let path = argument.annotations.text("defaultPath");
        let Some(path) = path.filter(|path| !path.starts_with('/') && !path.contains("://")) else {
            continue;
        };
        let start = cleaned(&module.root.join(path));
        if start.starts_with(&module.root) && start.exists() {
            found.extend(left_in(argument, &start, beside(&module.root, &start)?));
        }
    }
    Ok(found.into_iter().collect())
}

/// The files without those that the argument leaves out.
fn left_in(argument: &ArgumentDef, start: &std::path::Path, files: Vec<PublishedFile>) -> Vec<PublishedFile> {
    let patterns = argument.annotations.get("ignore").and_then(|value| value.as_array());
    let mut ignored = GitignoreBuilder::new(start);
    for pattern in patterns.into_iter().flatten().filter_map(|pattern| pattern.as_str()) {
        // A pattern that makes no sense is told when the argument is used.
        drop(ignored.add_line(None, pattern));
    }
    let Ok(ignored) = ignored.build() else { return files };
    let stays = |path: &std::path::Path| {
        path == start || !path.starts_with(start) || !ignored.matched_path_or_any_parents(path, false).is_ignore()
    };
    files.into_iter().filter(|(_, path)| stays(path)).collect()
}
