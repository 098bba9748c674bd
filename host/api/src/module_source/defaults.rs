//! `userDefaults`: what `.env` files say of a module's arguments. The one beside the manifest is the module's; one above the working directory
//! is the user's, and of it only what begins with the module's name.

use super::state::ModuleSource;
use crate::api::Api;
use crate::env_file::EnvFile;
use crate::error::ApiError;
use dockwright_schema::{Principal, SourceKind};
use std::path::{Path, PathBuf};

const NAME: &str = ".env";

/// The variables. Only the user's own modules have any, and only for the user.
pub(super) fn of(api: &Api, source: &ModuleSource, principal: &Principal) -> Result<EnvFile, ApiError> {
    let is_users = matches!(principal, Principal::CommandLine | Principal::Client);
    if !is_users {
        return Ok(EnvFile::default());
    }
    let outer = api
        .workdir()
        .ancestors()
        .map(|directory| directory.join(NAME))
        .find(|path| path.is_file());
    let inner = match source.found.kind {
        SourceKind::Local => {
            Some(source.found.context.join(&source.found.root).join(NAME)).filter(|path| path.is_file())
        }
        _ => None,
    };
    let read = |path: &Path| fs_err::read_to_string(path).map_err(|error| ApiError::other(error.to_string()));
    let mut result = match &inner {
        Some(path) => EnvFile::parse(&read(path)?),
        None => EnvFile::default(),
    };
    if let Some(path) = outer.filter(|path| !is_same(path, inner.as_ref())) {
        result.overlay(&EnvFile::parse(&read(&path)?).namespace(source.module_name()));
    }
    Ok(result)
}

fn is_same(path: &Path, other: Option<&PathBuf>) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    other.is_some_and(|other| real(path) == real(other))
}
