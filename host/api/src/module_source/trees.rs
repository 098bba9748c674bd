//! The files of a source as directories: those that belong to it, and what is generated for it.

use super::state::ModuleSource;
use crate::api::Api;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::ignore_rules::pattern_of;
use dockwright_engine::LocalDirectory;
use dockwright_engine::llb::Output;
use std::sync::Arc;

/// The context with the files of the module and of those that it calls by a path, and nothing else.
pub(crate) async fn context_directory(api: &Arc<Api>, source: &ModuleSource) -> Result<Directory, ApiError> {
    let files = api.module_sources().files(&source.at()).await?;
    if files.include.is_empty() {
        return Ok(Directory::root(Output::scratch()));
    }
    let is_whole = files.include.iter().any(String::is_empty);
    let local = LocalDirectory {
        include: match is_whole {
            true => Vec::new(),
            false => files.include.iter().map(|path| pattern_of(path)).collect(),
        },
        exclude: files.exclude,
        ..LocalDirectory::new(&source.found.context)
    };
    let name = format!("module {}", source.module_name());
    Ok(Directory::root(api.engine().await?.add_local(&name, local).await))
}

/// What is generated for the module, where it would lie in the context.
pub(crate) async fn generated_directory(api: &Arc<Api>, source: &ModuleSource) -> Result<Directory, ApiError> {
    let place = api.scratch_directory("generated-")?;
    api.module_sources().generate(&source.at(), &place).await?;
    let name = format!("generated files of module {}", source.module_name());
    let local = LocalDirectory::new(&place);
    Ok(Directory::root(api.engine().await?.add_local(&name, local).await))
}
