//! Mounts: directories, files, caches, temporary memory, secrets.

use super::environment::expand;
use super::state::{Container, MountSource, MountedPath};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::cache_volume::{CacheVolume, sharing};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::file::File;
use crate::secret::Secret;
use dockwright_schema::Request;
use std::sync::Arc;

/// The container after the call.
pub(super) async fn step(
    api: &Arc<Api>,
    mut container: Container,
    field: &str,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    let text = arguments.text("path")?;
    let path = container.absolute(&if arguments.flag("expand") {
        expand(&container, text)
    } else {
        text.to_owned()
    });
    let source = match field {
        "withMountedDirectory" => {
            let directory = api
                .state::<Directory>(&arguments.object("source", "Directory")?, request)
                .await?;
            let owned = directory.owned_by(arguments)?;
            MountSource::Files {
                output: owned.output.clone(),
                selector: owned.path.clone(),
                readonly: arguments.flag("readOnly"),
            }
        }
        "withMountedFile" => {
            let file = api.state::<File>(&arguments.object("source", "File")?, request).await?;
            let owned = file.owned_by(arguments)?;
            MountSource::Files {
                output: owned.output.clone(),
                selector: owned.path.clone(),
                readonly: false,
            }
        }
        "withMountedCache" => {
            let cache = api
                .state::<CacheVolume>(&arguments.object("cache", "CacheVolume")?, request)
                .await?;
            let initial = arguments
                .optional_object("source", "Directory")?
                .or_else(|| cache.source.clone());
            let source = match initial {
                Some(id) => {
                    let directory = api.state::<Directory>(&id, request).await?;
                    Some((directory.output.clone(), directory.path.clone()))
                }
                None => None,
            };
            let sharing = match arguments.optional_text("sharing") {
                None | Some("SHARED") => cache.sharing,
                Some(name) => sharing(name),
            };
            MountSource::Cache {
                id: cache.id.clone(),
                sharing,
                source,
            }
        }
        "withMountedTemp" => MountSource::Temporary {
            size: arguments
                .optional_integer("size")
                .and_then(|size| u64::try_from(size).ok())
                .unwrap_or_default(),
        },
        "withMountedSecret" => {
            let secret = arguments.object("source", "Secret")?;
            api.state::<Secret>(&secret, request).await?;
            MountSource::Secret {
                secret,
                owner: numeric_owner(arguments)?,
                mode: arguments.mode("mode")?.unwrap_or(0o400),
            }
        }
        _ => {
            container.mounts.retain(|mount| mount.path != path);
            return Ok(container);
        }
    };
    container.mounts.retain(|mount| mount.path != path);
    container.mounts.push(MountedPath { path, source });
    Ok(container)
}

/// User and group as numbers: a secret's file is made before the container's users are known.
fn numeric_owner(arguments: Arguments<'_>) -> Result<(u32, u32), ApiError> {
    let Some(owner) = arguments.non_empty_text("owner") else {
        return Ok((0, 0));
    };
    let (user, group) = owner.split_once(':').unwrap_or((owner, owner));
    match (user.parse(), group.parse()) {
        (Ok(user), Ok(group)) => Ok((user, group)),
        _ => Err(ApiError::other(format!(
            "argument `owner`: a secret's owner must be numeric, as `1000:1000`; got `{owner}`"
        ))),
    }
}
