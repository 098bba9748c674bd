//! Default paths of arguments that are repositories or refs: the repository that the module itself is in, or one that a URL names.

use crate::address::git_address;
use crate::api::Api;
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::module_object::derive;
use dockwright_schema::{ObjectId, Principal};
use serde_json::json;
use std::sync::Arc;

/// Whether an argument of that type is one.
pub(crate) fn is_git(kind: &str) -> bool {
    matches!(kind, "GitRepository" | "GitRef")
}

/// The repository, or its ref; none when the module is in none.
///
/// # Errors
/// The path is neither that of the module's repository nor a URL.
pub(crate) fn contextual_git(
    api: &Arc<Api>,
    served: &ServedModule,
    kind: &str,
    path: &str,
) -> Result<Option<ObjectId>, ApiError> {
    let by_address = |text: &str, principal: Principal| {
        let (text, by) = (json!({"value": text}), Some(principal));
        let address = derive(api, "Query", None, "address", text, by, "Address");
        let field = if kind == "GitRef" { "gitRef" } else { "gitRepository" };
        derive(api, "Address", Some(address), field, json!({}), None, kind)
    };
    if git_address(path).is_some() {
        return Ok(Some(by_address(path, Principal::Module(served.id().clone()))));
    }
    let inner = path.trim_matches('/').trim_start_matches("./");
    if !matches!(inner, "" | "." | ".git") {
        return Err(ApiError::other(format!(
            "default path `{path}` of module `{}`: a repository is `/`, which is the module's own, or a URL",
            served.module.name
        )));
    }
    if let Some((url, commit)) = &served.repository {
        if let Some(directory) = url.strip_prefix("file://") {
            let text = match kind {
                "GitRef" => format!("{directory}#{commit}"),
                _ => directory.to_owned(),
            };
            return Ok(Some(by_address(&text, Principal::CommandLine)));
        }
        let by = Some(Principal::CommandLine);
        let repository = derive(api, "Query", None, "git", json!({"url": url}), by, "GitRepository");
        return Ok(Some(match kind {
            "GitRef" => {
                let id = json!({"id": commit});
                derive(api, "GitRepository", Some(repository), "commit", id, None, kind)
            }
            _ => repository,
        }));
    }
    let context = served
        .context_root
        .as_ref()
        .filter(|context| context.join(".git").exists());
    let Some(context) = context else { return Ok(None) };
    Ok(Some(by_address(&context.to_string_lossy(), Principal::CommandLine)))
}
