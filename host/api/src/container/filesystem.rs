//! Files and directories put into the container, or into what is mounted there.

use super::environment::expand;
use super::owner;
use super::state::{Container, MountSource};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::directory::{self, Directory};
use crate::error::ApiError;
use crate::file::File;
use crate::paths;
use dockwright_engine::llb::{CopyOptions, Output, file};
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
    let path = |name: &str| -> Result<String, ApiError> {
        let text = arguments.text(name)?;
        let text = if arguments.flag("expand") {
            expand(&container, text)?
        } else {
            text.to_owned()
        };
        let absolute = container.absolute(&text);
        Ok(if text.ends_with('/') && absolute != "/" {
            format!("{absolute}/")
        } else {
            absolute
        })
    };
    match field {
        "withRootfs" => {
            let directory = api
                .state::<Directory>(&arguments.object("directory", "Directory")?, request)
                .await?;
            container.root = directory.as_root();
            container.last_exec = None;
            Ok(container)
        }
        "withDirectory" => {
            let target = path("path")?;
            let source = api
                .state::<Directory>(&arguments.object("source", "Directory")?, request)
                .await?;
            let source = directory::filtered(api, &source, arguments).await?;
            let options = copy_options(api, &container, &target, arguments).await?;
            change(container, target.trim_end_matches('/'), |base, inside| {
                Ok(directory::copy_directory(base, inside, &source, &options))
            })
        }
        "withFile" => {
            let target = path("path")?;
            let source = api.state::<File>(&arguments.object("source", "File")?, request).await?;
            let options = copy_options(api, &container, &target, arguments).await?;
            let target = if target.ends_with('/') {
                paths::join(&target, source.name())
            } else {
                target
            };
            change(container, &target, |base, inside| {
                Ok(directory::copy_file(base, inside, &source, &options))
            })
        }
        "withFiles" => {
            let target = path("path")?;
            let options = copy_options(api, &container, &target, arguments).await?;
            for id in arguments.objects("sources", "File")? {
                let source = api.state::<File>(&id, request).await?;
                let place = paths::join(&target, source.name());
                container = change(container, &place, |base, inside| {
                    Ok(directory::copy_file(base, inside, &source, &options))
                })?;
            }
            Ok(container)
        }
        "withNewFile" => {
            let target = path("path")?;
            let contents = arguments.text("contents")?.as_bytes().to_vec();
            let mode = arguments.mode("permissions")?.unwrap_or(0o644);
            let owner = copy_options(api, &container, &target, arguments).await?.owner;
            change(container, &target, |base, inside| {
                Ok(directory::new_file(base, inside, mode, contents, owner.as_ref()))
            })
        }
        "withSymlink" => {
            let link = path("linkName")?;
            let target = arguments.text("target")?;
            change(container, &link, |base, inside| {
                Ok(file::symlink(
                    &directory::with_parent(base, inside),
                    target,
                    inside,
                    None,
                ))
            })
        }
        "withoutDirectory" | "withoutFile" => {
            let target = path("path")?;
            change(container, target.trim_end_matches('/'), |base, inside| {
                Ok(file::rm(base, inside, true, true))
            })
        }
        _ => {
            for target in arguments.texts("paths") {
                let target = if arguments.flag("expand") {
                    expand(&container, &target)?
                } else {
                    target
                };
                let target = container.absolute(&target);
                container = change(container, &target, |base, inside| {
                    Ok(file::rm(base, inside, true, true))
                })?;
            }
            Ok(container)
        }
    }
}

/// What the arguments say of a copy to a path. Names of owners are the container's own, also where something is mounted.
async fn copy_options(
    api: &Arc<Api>,
    container: &Container,
    target: &str,
    arguments: Arguments<'_>,
) -> Result<CopyOptions, ApiError> {
    let mut options = directory::copy_options(arguments)?;
    let is_mounted = container
        .mounts
        .iter()
        .any(|mount| paths::below(target.trim_end_matches('/'), &mount.path).is_some());
    if is_mounted {
        options.owner = owner::numeric(api, container, arguments).await?;
    }
    Ok(options)
}

/// Applies a change at a path to whichever file system is there: the root's, or a mounted directory's.
fn change(
    mut container: Container,
    path: &str,
    edit: impl FnOnce(&Output, &str) -> Result<Output, ApiError>,
) -> Result<Container, ApiError> {
    let path = if path.is_empty() { "/" } else { path };
    let (base, inside) = container.locate(path)?;
    let changed = edit(&base, &inside)?;
    let mounted = container
        .mounts
        .iter_mut()
        .rev()
        .find(|mount| paths::below(path, &mount.path).is_some());
    match mounted.map(|mount| &mut mount.source) {
        Some(MountSource::Files { output, .. }) => *output = changed,
        _ => container.root = changed,
    }
    Ok(container)
}
