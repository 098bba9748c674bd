//! `Host`: the caller's machine; for a module, its own private directory.

use crate::access::HostView;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::file::File;
use crate::recipe::Call;
use dockwright_engine::LocalDirectory;
use dockwright_schema::{Request, Resolved};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// State of the host, as one principal sees it.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    /// Where its paths start.
    pub view: HostView,
}

impl CoreObject for Host {
    const TYPE: &'static str = "Host";
    const VALUES: &'static [&'static str] = &["findUp"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "host")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Query", "host") => Ok(Host {
                view: api.host_view(call.principal.as_ref().unwrap_or(&request.principal))?,
            }),
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "findUp" => {
                let name = field.arguments.text("name")?;
                let start = self.view.resolve(".")?;
                let limit = match &self.view {
                    HostView::Sandbox { root } => Some(root.clone()),
                    HostView::Whole { .. } => None,
                };
                let found = start
                    .ancestors()
                    .take_while(|directory| limit.as_ref().is_none_or(|root| directory.starts_with(root)))
                    .map(|directory| directory.join(name))
                    .find(|candidate| candidate.exists());
                Ok(Resolved::Value(found.map_or(Value::Null, |path| {
                    Value::String(path.to_string_lossy().into_owned())
                })))
            }
            _ => field.unsupported(Self::TYPE),
        }
    }
}

/// A directory of the host, uploaded when the engine needs it.
pub(crate) async fn directory(
    api: &Arc<Api>,
    view: &HostView,
    path: &str,
    arguments: Arguments<'_>,
) -> Result<Directory, ApiError> {
    let root = view.resolve(path)?;
    let metadata = fs_err::metadata(&root).map_err(|error| ApiError::other(error.to_string()))?;
    if !metadata.is_dir() {
        return Err(ApiError::other(format!(
            "{} is a file; a directory is needed",
            root.display()
        )));
    }
    let local = LocalDirectory {
        include: arguments.texts("include"),
        exclude: arguments.texts("exclude"),
        gitignore: arguments.flag("gitignore"),
        ..LocalDirectory::new(&root)
    };
    Ok(Directory::root(
        api.engine().await?.add_local(&path_name(&root), local).await,
    ))
}

/// A file of the host. Only the file itself is uploaded.
pub(crate) async fn file(api: &Arc<Api>, view: &HostView, path: &str) -> Result<File, ApiError> {
    let full = view.resolve(path)?;
    let metadata = fs_err::metadata(&full).map_err(|error| ApiError::other(error.to_string()))?;
    let (Some(parent), Some(name)) = (full.parent(), full.file_name().and_then(|name| name.to_str())) else {
        return Err(ApiError::other(format!("{} is no file", full.display())));
    };
    if metadata.is_dir() {
        return Err(ApiError::other(format!(
            "{} is a directory; a file is needed",
            full.display()
        )));
    }
    let local = LocalDirectory {
        include: vec![name.to_owned()],
        ..LocalDirectory::new(parent)
    };
    let output = api.engine().await?.add_local(&path_name(&full), local).await;
    Ok(File {
        output,
        path: format!("/{name}"),
    })
}

/// How progress names an upload: the last two components of the path.
fn path_name(path: &Path) -> String {
    let mut parts: Vec<_> = path
        .components()
        .rev()
        .take(2)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.reverse();
    parts.join("/").replace("//", "/")
}
