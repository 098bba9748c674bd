//! Which files of `src` may declare something.

use crate::error::BuildError;
use crate::graph::fence::{Fence, utf8};
use camino::Utf8Path;
use std::collections::BTreeSet;

/// Ids of the TypeScript files below `src`: `src/index.ts` first, the rest by name. Declaration files are not among them.
///
/// # Errors
/// `NoSource` when there is none, `Outside` when one of them is a link out of the module.
pub(crate) fn scan(fence: &Fence) -> Result<Vec<String>, BuildError> {
    let src = fence.root().join("src");
    let mut found = BTreeSet::new();
    if src.is_dir() {
        let mut visited = BTreeSet::new();
        folder(fence, &src, &mut visited, &mut found)?;
    }
    if found.is_empty() {
        return Err(BuildError::NoSource {
            root: fence.root().to_owned(),
        });
    }
    let mut ids: Vec<String> = found.into_iter().collect();
    ids.sort_by_key(|id| (id != "src/index.ts", id.clone()));
    Ok(ids)
}

fn folder(
    fence: &Fence,
    path: &Utf8Path,
    visited: &mut BTreeSet<String>,
    found: &mut BTreeSet<String>,
) -> Result<(), BuildError> {
    if !visited.insert(fence.id(path)?) {
        return Ok(());
    }
    for entry in fs_err::read_dir(path)? {
        let path = utf8(entry?.path())?;
        let name = path.file_name().unwrap_or_default();
        if name == "node_modules" || name.starts_with('.') {
            continue;
        }
        let is_link = path.is_symlink();
        if is_link && !path.exists() {
            continue;
        }
        if path.is_dir() {
            folder(fence, &path, visited, found)?;
        } else if is_source(name) {
            found.insert(fence.id(&path)?);
        }
    }
    Ok(())
}

fn is_source(name: &str) -> bool {
    let typescript = name.ends_with(".ts") || name.ends_with(".mts");
    typescript && !name.ends_with(".d.ts") && !name.ends_with(".d.mts")
}
