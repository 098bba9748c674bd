//! Values of a directory.

use super::facts::{exists, stat};
use super::state::Directory;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::module_source::{self, ModuleSource};
use crate::paths;
use crate::search::Search;
use crate::tree_digest;
use dockwright_engine::{FileKind, PathFilter};
use dockwright_schema::Resolved;
use serde_json::{Value, json};

/// Fields whose values are given here.
pub(super) const FIELDS: &[&str] = &[
    "sync", "entries", "glob", "exists", "stat", "export", "name", "findUp", "digest", "search", "asModule",
];

/// The field's value.
pub(super) async fn value(directory: &Directory, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let arguments = field.arguments;
    let text = |text: String| Resolved::Value(Value::String(text));
    Ok(match field.name {
        "sync" => {
            let is_empty = directory.output.is_scratch() && directory.path == "/";
            if !is_empty
                && field
                    .api
                    .engine()
                    .await?
                    .stat(&directory.output, &directory.path)
                    .await?
                    .kind
                    != FileKind::Directory
            {
                return Err(ApiError::other(format!("{} is not a directory", directory.path)));
            }
            text(field.id.to_string())
        }
        "entries" => Resolved::Value(json!(
            entries(directory, field, arguments.optional_text("path").unwrap_or("")).await?
        )),
        "glob" => Resolved::Value(json!(glob(directory, field, arguments.text("pattern")?).await?)),
        "exists" => {
            exists(
                field,
                &directory.output,
                &paths::within(&directory.path, arguments.text("path")?)?,
            )
            .await?
        }
        "stat" => {
            stat(
                field,
                &directory.output,
                &paths::within(&directory.path, arguments.text("path")?)?,
            )
            .await?
        }
        "export" => {
            let destination = field
                .api
                .host_view(&field.request.principal)?
                .resolve(arguments.text("path")?)?;
            field
                .api
                .engine()
                .await?
                .export_directory(&directory.as_root(), &destination, arguments.flag("wipe"))
                .await?;
            text(destination.to_string_lossy().into_owned())
        }
        "name" => text(paths::file_name(&directory.path).to_owned()),
        "findUp" => Resolved::Value(find_up(directory, field).await?.map_or(Value::Null, Value::String)),
        "digest" => text(tree_digest::of_tree(field.api.engine().await?, &directory.as_root()).await?),
        "asModule" => {
            let path = arguments.non_empty_text("sourceRootPath").unwrap_or(".");
            let source = module_source::of_directory(field.api, field.id, &field.request.principal, path);
            let state = field.api.state::<ModuleSource>(&source, field.request).await?;
            Resolved::Object(module_source::module_of(field.api, &state, &source).await?)
        }
        "search" => return Search::new(arguments)?.run(field, &directory.as_root(), None).await,
        _ => return field.unsupported("Directory"),
    })
}

/// Names in the directory, directories with a `/` at the end, as clients of the API expect.
async fn entries(directory: &Directory, field: ValueOf<'_>, path: &str) -> Result<Vec<String>, ApiError> {
    if directory.output.is_scratch() {
        return Ok(Vec::new());
    }
    let engine = field.api.engine().await?;
    let found = engine
        .read_dir(&directory.output, &paths::within(&directory.path, path)?, None)
        .await?;
    Ok(found
        .into_iter()
        .map(|entry| {
            if entry.kind == FileKind::Directory {
                format!("{}/", entry.name)
            } else {
                entry.name
            }
        })
        .collect())
}

/// Paths below the directory that match; `**` stands for any number of directories.
async fn glob(directory: &Directory, field: ValueOf<'_>, pattern: &str) -> Result<Vec<String>, ApiError> {
    if directory.output.is_scratch() {
        return Ok(Vec::new());
    }
    let matcher = PathFilter::new(&[pattern.to_owned()], &[])
        .map_err(|error| ApiError::other(format!("argument `pattern`: {error}")))?;
    let entries = field.api.engine().await?.list_tree(&directory.as_root()).await?;
    let mut found: Vec<String> = entries
        .into_iter()
        .filter(|entry| matcher.matches(&entry.path))
        .map(|entry| {
            if entry.stat.kind == FileKind::Directory {
                format!("{}/", entry.path)
            } else {
                entry.path
            }
        })
        .collect();
    found.sort();
    Ok(found)
}

/// The nearest path, from `start` upwards, at which there is something of that name.
async fn find_up(directory: &Directory, field: ValueOf<'_>) -> Result<Option<String>, ApiError> {
    let name = field.arguments.text("name")?;
    let mut at = paths::absolute("/", field.arguments.text("start")?);
    loop {
        let candidate = paths::join(&at, name);
        let place = paths::join(&directory.path, &candidate);
        if exists(field, &directory.output, &place).await? == Resolved::Value(Value::Bool(true)) {
            return Ok(Some(candidate.trim_start_matches('/').to_owned()));
        }
        if at == "/" {
            return Ok(None);
        }
        at = paths::parent(&at).to_owned();
    }
}
