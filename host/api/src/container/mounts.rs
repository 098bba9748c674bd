//! Mounts: directories, files, caches, temporary memory, secrets, sockets.

use super::owner;
use super::state::{Container, MountSource, MountedPath};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::cache_volume::{CacheVolume, sharing};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::file::File;
use crate::secret::Secret;
use crate::socket::Socket;
use dockwright_engine::llb::Output;
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
    let path = container.place(arguments, "path")?;
    let source = match field {
        "withMountedDirectory" => {
            let directory = api
                .state::<Directory>(&arguments.object("source", "Directory")?, request)
                .await?;
            let owned = directory.owned_by(owner::numeric(api, &container, arguments).await?);
            MountSource::Files {
                output: owned.output.clone(),
                selector: owned.path.clone(),
                readonly: arguments.flag("readOnly"),
            }
        }
        "withMountedFile" => {
            let file = api.state::<File>(&arguments.object("source", "File")?, request).await?;
            let owned = file.owned_by(owner::numeric(api, &container, arguments).await?);
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
            let source = match owner::numeric(api, &container, arguments).await? {
                None => source,
                // What the volume holds the first time says who it belongs to.
                owner => {
                    let (output, path) = source.unwrap_or_else(|| (Output::scratch(), "/".to_owned()));
                    let owned = Directory { output, path }.owned_by(owner);
                    Some((owned.output, owned.path))
                }
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
                owner: owner::pair(api, &container, arguments).await?,
                mode: arguments.mode("mode")?.unwrap_or(0o400),
            }
        }
        "withUnixSocket" => {
            let socket = arguments.object("source", "Socket")?;
            api.state::<Socket>(&socket, request).await?;
            MountSource::Socket {
                socket,
                owner: owner::pair(api, &container, arguments).await?,
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
