//! `exists` and `stat`, for whatever has paths.

use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::literal;
use crate::paths;
use dockwright_engine::llb::Output;
use dockwright_engine::{FileKind, FileStat, ReadError};
use dockwright_schema::Resolved;
use serde_json::{Value, json};

/// Whether there is something (of the expected type) at the path.
pub(crate) async fn exists(field: ValueOf<'_>, output: &Output, path: &str) -> Result<Resolved, ApiError> {
    let expected = field.arguments.optional_text("expectedType");
    let found = find(field, output, path).await?;
    let fits = found.is_some_and(|stat| match expected {
        Some("REGULAR_TYPE") => stat.kind == FileKind::File,
        Some("DIRECTORY_TYPE") => stat.kind == FileKind::Directory,
        Some("SYMLINK_TYPE") => stat.kind == FileKind::Symlink,
        _ => true,
    });
    Ok(Resolved::Value(Value::Bool(fits)))
}

/// A `Stat`, or null.
pub(crate) async fn stat(field: ValueOf<'_>, output: &Output, path: &str) -> Result<Resolved, ApiError> {
    Ok(match find(field, output, path).await? {
        Some(stat) => Resolved::Object(literal::object(field.api, "Stat", facts(&stat, path))),
        None => Resolved::Value(Value::Null),
    })
}

fn facts(stat: &FileStat, path: &str) -> Value {
    let kind = match stat.kind {
        FileKind::File => "REGULAR",
        FileKind::Directory => "DIRECTORY",
        FileKind::Symlink => "SYMLINK",
        FileKind::Other => "UNKNOWN",
    };
    json!({"name": paths::file_name(path), "fileType": kind, "permissions": stat.mode & 0o7777, "size": stat.size})
}

/// What is at the path. A link is followed unless the caller asks for the link itself.
async fn find(field: ValueOf<'_>, output: &Output, path: &str) -> Result<Option<FileStat>, ApiError> {
    if output.is_scratch() {
        let empty = FileStat {
            name: String::new(),
            kind: FileKind::Directory,
            mode: 0o755,
            size: 0,
            modified: 0,
            uid: 0,
            gid: 0,
            link: None,
        };
        return Ok((path == "/").then_some(empty));
    }
    let engine = field.api.engine().await?;
    let found = if field.arguments.flag("doNotFollowSymlinks") {
        engine.stat_link(output, path).await
    } else {
        engine.stat(output, path).await
    };
    match found {
        Ok(stat) => Ok(Some(stat)),
        Err(ReadError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
