//! Values of a file.

use super::state::File;
use crate::api::Api;
use crate::core_object::ValueOf;
use crate::directory::stat;
use crate::error::ApiError;
use crate::search::Search;
use crate::tree_digest;
use dockwright_engine::FileKind;
use dockwright_engine::llb::CopyOptions;
use dockwright_schema::Resolved;
use serde_json::{Value, json};
use std::sync::Arc;

/// Fields whose values are given here.
pub(super) const FIELDS: &[&str] = &["contents", "size", "name", "stat", "sync", "export", "digest", "search"];

/// Most bytes of a file whose content is a value: all of it passes through memory, and JSON, several times.
const LARGEST: u64 = 128 << 20;

/// The field's value.
pub(super) async fn value(file: &File, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let string = |text: String| Resolved::Value(Value::String(text));
    Ok(match field.name {
        "contents" => string(lines(&file.text(field.api).await?, field)?),
        "size" => Resolved::Value(json!(
            field.api.engine().await?.stat(&file.output, &file.path).await?.size
        )),
        "name" => string(file.name().to_owned()),
        "stat" => stat(field, &file.output, &file.path).await?,
        "sync" => {
            if field.api.engine().await?.stat(&file.output, &file.path).await?.kind == FileKind::Directory {
                return Err(ApiError::other(format!("{} is a directory, not a file", file.path)));
            }
            string(field.id.to_string())
        }
        "export" => string(export(file, field).await?),
        "digest" => {
            let engine = field.api.engine().await?;
            let alone = file.alone("file", &followed());
            string(tree_digest::of_file(engine, &alone.output, field.arguments.flag("excludeMetadata")).await?)
        }
        "search" => {
            let search = Search::new(field.arguments)?;
            let alone = file.alone("file", &followed());
            return search.run(field, &alone.output, Some(file.name())).await;
        }
        _ => return field.unsupported("File"),
    })
}

impl File {
    /// The content as text.
    pub(crate) async fn text(&self, api: &Arc<Api>) -> Result<String, ApiError> {
        let engine = api.engine().await?;
        let bytes = engine.read_file_up_to(&self.output, &self.path, LARGEST).await?;
        String::from_utf8(bytes)
            .map_err(|_| ApiError::other(format!("{} is not UTF-8 text; export it instead", self.path)))
    }
}

fn followed() -> CopyOptions {
    CopyOptions {
        follow_symlink: true,
        ..CopyOptions::default()
    }
}

/// The lines that the arguments `offsetLines` and `limitLines` leave.
fn lines(contents: &str, field: ValueOf<'_>) -> Result<String, ApiError> {
    let number = |name: &str| {
        field
            .arguments
            .optional_integer(name)
            .and_then(|number| usize::try_from(number).ok())
    };
    match (number("offsetLines"), number("limitLines")) {
        (None, None) => Ok(contents.to_owned()),
        (offset, limit) => Ok(contents
            .split_inclusive('\n')
            .skip(offset.unwrap_or_default())
            .take(limit.unwrap_or(usize::MAX))
            .collect()),
    }
}

/// Writes the file to the host; onto a directory (or a path that ends with `/`) it keeps its name.
async fn export(file: &File, field: ValueOf<'_>) -> Result<String, ApiError> {
    let path = field.arguments.text("path")?;
    let mut destination = field.api.host_view(&field.request.principal)?.resolve(path)?;
    if path.ends_with('/') || destination.is_dir() {
        // The name is the engine's to say: it must not lead anywhere else.
        if matches!(file.name(), "" | "." | "..") {
            return Err(ApiError::other(format!(
                "`{}` is no file name to export under",
                file.name()
            )));
        }
        destination.push(file.name());
    }
    let parent = destination.parent().unwrap_or(&destination);
    let failed =
        |error: std::io::Error| ApiError::other(format!("cannot export to {}: {error}", destination.display()));
    fs_err::create_dir_all(parent).map_err(failed)?;
    // Beside the destination first: nobody sees half a file.
    let staging = tempfile::Builder::new()
        .prefix(".dockwright-export-")
        .tempdir_in(parent)
        .map_err(failed)?;
    let alone = file.alone("file", &followed());
    field
        .api
        .engine()
        .await?
        .export_directory(&alone.output, staging.path(), false)
        .await?;
    fs_err::rename(staging.path().join("file"), &destination).map_err(failed)?;
    Ok(destination.to_string_lossy().into_owned())
}
