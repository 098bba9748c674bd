//! Where sources of modules may come from, for whoever asks. A module reaches its own files and directories that it was given, nothing else:
//! fetching takes the user's credentials, and paths of the host are the user's.

use super::state::ModuleSource;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{FoundSource, ObjectId, Principal, SourceKind, SourcePlace};
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;

/// The place that `Query.moduleSource` names.
pub(super) fn of_reference(
    api: &Api,
    principal: &Principal,
    arguments: Arguments<'_>,
) -> Result<SourcePlace, ApiError> {
    let text = arguments.text("refString")?;
    let (base, within) = match principal {
        Principal::CommandLine | Principal::Client => (api.workdir().to_owned(), None),
        Principal::Guest => {
            return Err(ApiError::HostKept {
                what: format!("the module `{text}`"),
            });
        }
        Principal::Module(id) => {
            let served = api.module(id)?;
            let denied = || ApiError::Denied {
                what: format!("the module `{text}`"),
                hint: "a module reaches modules that its manifest depends on; load others from a Directory, with asModuleSource",
            };
            let is_path = text.starts_with(['/', '.']) || !text.contains([':', '@', '.']);
            let root = own_root(&served).filter(|_| is_path).ok_or_else(denied)?;
            (root.clone(), Some(root))
        }
    };
    Ok(SourcePlace::Reference {
        text: text.to_owned(),
        pin: arguments.non_empty_text("refPin").map(str::to_owned),
        base,
        within,
        find_up: !arguments.flag("disableFindUp"),
    })
}

/// The directory of a module's manifest, when its source is here too.
fn own_root(served: &ServedModule) -> Option<PathBuf> {
    served.source_root.as_ref().and(served.module_root.clone())
}

/// Where the session's own module is, for what the host does on its behalf: nobody gets this as an object.
pub(crate) fn of_served(served: &ServedModule) -> Option<SourcePlace> {
    Some(SourcePlace::Reference {
        text: ".".to_owned(),
        pin: None,
        base: own_root(served)?,
        within: served.context_root.clone(),
        find_up: false,
    })
}

/// Refuses changes by a module of what it did not make from a directory: with other patterns a source has other files.
pub(super) fn require_own(principal: &Principal, source: &ModuleSource) -> Result<(), ApiError> {
    match (principal, &source.place) {
        (Principal::Module(_), SourcePlace::Reference { .. } | SourcePlace::Dependency { .. }) => {
            Err(ApiError::Denied {
                what: format!("changing module `{}`", source.module_name()),
                hint: "a module changes what it makes with Directory.asModuleSource",
            })
        }
        _ => Ok(()),
    }
}

/// Refuses what was found when the arguments of `Query.moduleSource` do.
pub(super) fn require(found: &FoundSource, arguments: Arguments<'_>) -> Result<(), ApiError> {
    let text = arguments.text("refString")?;
    let named = found.context.join(&found.named);
    if found.kind == SourceKind::Local && !arguments.flag("allowNotExists") && !named.is_dir() {
        return Err(ApiError::other(format!(
            "module `{text}`: there is no directory {}",
            named.display()
        )));
    }
    let kind = kind_name(found.kind);
    match arguments.optional_text("requireKind") {
        Some(wanted) if wanted.trim_end_matches("_SOURCE") != kind.trim_end_matches("_SOURCE") => Err(ApiError::other(
            format!("module `{text}` is of the kind {kind}, but {wanted} is required"),
        )),
        _ => Ok(()),
    }
}

/// The API's name of a kind. What is in a registry is most like what is in a repository: versioned, and elsewhere.
pub(super) fn kind_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Local => "LOCAL_SOURCE",
        SourceKind::Git | SourceKind::Registry => "GIT_SOURCE",
        SourceKind::Directory => "DIR_SOURCE",
    }
}

/// The place that `Directory.asModuleSource` means: the directory's files, written to this disk.
pub(super) async fn of_files(
    api: &Arc<Api>,
    directory: &Directory,
    principal: &Principal,
    arguments: Arguments<'_>,
) -> Result<SourcePlace, ApiError> {
    let root = api.scratch_directory("module-source-")?;
    let tree = directory.as_root();
    if !tree.is_scratch() {
        api.engine().await?.export_directory(&tree, &root, false).await?;
    }
    Ok(SourcePlace::Files {
        root,
        subpath: arguments
            .non_empty_text("sourceRootPath")
            .unwrap_or(".")
            .trim_start_matches('/')
            .to_owned(),
        is_alone: matches!(principal, Principal::Module(_) | Principal::Guest),
    })
}

/// The source in a directory, as its `asModuleSource` makes it.
pub(crate) fn of_directory(api: &Api, directory: &ObjectId, principal: &Principal, path: &str) -> ObjectId {
    let recipe = Recipe::Call(Call {
        parent_type: "Directory".into(),
        parent: Some(directory.clone()),
        field: "asModuleSource".into(),
        arguments: Map::from_iter([("sourceRootPath".to_owned(), Value::from(path))]),
        principal: Some(principal.clone()),
    });
    api.store().insert(&"ModuleSource".into(), recipe)
}
