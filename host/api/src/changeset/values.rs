//! Values of a changeset.

use super::paths::topmost;
use super::state::Changeset;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::literal;
use dockwright_schema::Resolved;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

/// Fields whose values are given here.
pub(super) const FIELDS: &[&str] = &[
    "addedPaths",
    "modifiedPaths",
    "removedPaths",
    "isEmpty",
    "diffStats",
    "export",
    "sync",
];

/// The field's value.
pub(super) async fn value(changeset: &Changeset, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let paths = changeset.paths(field.api).await?;
    Ok(match field.name {
        "addedPaths" => Resolved::Value(json!(paths.added)),
        "modifiedPaths" => Resolved::Value(json!(paths.modified)),
        "removedPaths" => Resolved::Value(json!(topmost(&paths.removed))),
        "isEmpty" => Resolved::Value(json!(paths.is_empty())),
        "diffStats" => stats(changeset, field).await?,
        "export" => Resolved::Value(Value::String(export(changeset, field).await?)),
        "sync" => Resolved::Value(Value::String(field.id.to_string())),
        _ => return field.unsupported("Changeset"),
    })
}

/// One `DiffStat` for each path that differs, by path.
async fn stats(changeset: &Changeset, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let paths = changeset.paths(field.api).await?;
    let lines = changeset.lines(field.api).await?;
    let renamed: HashSet<&str> = lines.values().filter_map(|lines| lines.old_path.as_deref()).collect();
    let mut entries: Vec<(&String, &str)> = Vec::new();
    for path in &paths.added {
        let is_renamed = lines.get(path).is_some_and(|lines| lines.old_path.is_some());
        entries.push((path, if is_renamed { "RENAMED" } else { "ADDED" }));
    }
    entries.extend(paths.modified.iter().map(|path| (path, "MODIFIED")));
    let removed = paths.removed.iter().filter(|path| !renamed.contains(path.as_str()));
    entries.extend(removed.map(|path| (path, "REMOVED")));
    entries.sort();
    let shown = entries.into_iter().map(|(path, kind)| {
        let lines = lines.get(path).cloned().unwrap_or_default();
        json!({
            "path": path,
            "kind": kind,
            "oldPath": lines.old_path,
            "addedLines": lines.added,
            "removedLines": lines.removed,
        })
    });
    Ok(literal::list(field.api, "DiffStat", shown))
}

/// Makes the changes to a directory of the host: writes what was added or modified, and removes what was removed.
async fn export(changeset: &Changeset, field: ValueOf<'_>) -> Result<String, ApiError> {
    let destination = field
        .api
        .host_view(&field.request.principal)?
        .resolve(field.arguments.text("path")?)?;
    let paths = changeset.paths(field.api).await?;
    for path in topmost(&paths.removed) {
        if let Some(target) = inside(&destination, &path)? {
            remove(&target)?;
        }
    }
    let layer = changeset.layer(field.api).await?;
    if !layer.is_scratch() {
        let engine = field.api.engine().await?;
        engine.export_directory(&layer, &destination, false).await?;
    }
    Ok(destination.to_string_lossy().into_owned())
}

/// Where the path lies below the destination; none when it is not there. No link on the way is followed.
fn inside(destination: &Path, path: &str) -> Result<Option<PathBuf>, ApiError> {
    let refused = || {
        ApiError::other(format!(
            "refused to remove {path} below {}: it leads out of it",
            destination.display()
        ))
    };
    let mut at = destination.to_owned();
    for part in Path::new(path).components() {
        let Component::Normal(name) = part else {
            return Err(refused());
        };
        match fs_err::symlink_metadata(&at) {
            Ok(metadata) if metadata.is_symlink() && at != destination => return Err(refused()),
            Ok(_) => at.push(name),
            Err(_) => return Ok(None),
        }
    }
    Ok(fs_err::symlink_metadata(&at).is_ok().then_some(at))
}

fn remove(path: &Path) -> Result<(), ApiError> {
    let is_directory = fs_err::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    let removed = if is_directory {
        fs_err::remove_dir_all(path)
    } else {
        fs_err::remove_file(path)
    };
    removed.map_err(|error| ApiError::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn nothing_outside_the_destination_is_removed() {
        let (inner, outer) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(outer.path().join("x"), "").unwrap();
        std::fs::create_dir(inner.path().join("d")).unwrap();
        std::os::unix::fs::symlink(outer.path(), inner.path().join("link")).unwrap();
        assert!(inside(inner.path(), "link/x").is_err());
        assert!(inside(inner.path(), "../x").is_err());
        assert_eq!(inside(inner.path(), "d/none").unwrap(), None);
        assert_eq!(inside(inner.path(), "none/x").unwrap(), None);
        assert_eq!(inside(inner.path(), "d/").unwrap(), Some(inner.path().join("d")));
        // The link itself is the destination's own.
        remove(&inside(inner.path(), "link").unwrap().unwrap()).unwrap();
        assert!(outer.path().join("x").exists());
    }
}
