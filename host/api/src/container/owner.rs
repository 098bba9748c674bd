//! Owners by name: the container's own account files say what the names mean.

use super::state::Container;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::directory;
use crate::error::ApiError;
use dockwright_engine::ReadError;
use dockwright_engine::llb::{ChownId, Owner};
use std::sync::Arc;

/// The argument `owner` as numbers, if given. Names need the container's root file system, which is then made.
pub(super) async fn numeric(
    api: &Arc<Api>,
    container: &Container,
    arguments: Arguments<'_>,
) -> Result<Option<Owner>, ApiError> {
    let Some(owner) = directory::owner(arguments)? else {
        return Ok(None);
    };
    let (user, own_group) = match &owner.user {
        ChownId::Id(id) => (*id, *id),
        ChownId::Name(name) => {
            let found = lookup(api, container, "/etc/passwd", name).await?;
            (
                number(&found, 2, "/etc/passwd", name)?,
                number(&found, 3, "/etc/passwd", name)?,
            )
        }
    };
    let group = match &owner.group {
        None => own_group,
        Some(ChownId::Id(id)) => *id,
        Some(ChownId::Name(name)) => number(
            &lookup(api, container, "/etc/group", name).await?,
            2,
            "/etc/group",
            name,
        )?,
    };
    Ok(Some(Owner {
        user: ChownId::Id(user),
        group: Some(ChownId::Id(group)),
    }))
}

/// The same as a pair; root without the argument.
pub(super) async fn pair(
    api: &Arc<Api>,
    container: &Container,
    arguments: Arguments<'_>,
) -> Result<(u32, u32), ApiError> {
    let id = |id: &ChownId| match id {
        ChownId::Id(id) => *id,
        ChownId::Name(_) => 0,
    };
    Ok(match numeric(api, container, arguments).await? {
        Some(owner) => (id(&owner.user), owner.group.as_ref().map_or(0, id)),
        None => (0, 0),
    })
}

/// The line of the file for the name.
async fn lookup(api: &Arc<Api>, container: &Container, file: &str, name: &str) -> Result<String, ApiError> {
    let unknown = || {
        ApiError::other(format!(
            "argument `owner`: {file} of the container knows no `{name}`; use a number, or a name that it knows"
        ))
    };
    if container.root.is_scratch() {
        return Err(unknown());
    }
    let text = match api.engine().await?.read_file(&container.root, file).await {
        Ok(text) => text,
        Err(ReadError::NotFound { .. }) => return Err(unknown()),
        Err(error) => return Err(error.into()),
    };
    String::from_utf8_lossy(&text)
        .lines()
        .find(|line| line.split(':').next() == Some(name))
        .map(str::to_owned)
        .ok_or_else(unknown)
}

fn number(line: &str, column: usize, file: &str, name: &str) -> Result<u32, ApiError> {
    let field = line.split(':').nth(column).and_then(|field| field.parse().ok());
    field.ok_or_else(|| ApiError::other(format!("{file} of the container has no number for `{name}`")))
}
