//! Making and starting the engine container, by one process at a time.

use super::container::{Privilege, body};
use super::docker::{is_status, message};
use super::{Plan, capabilities, config_archive, pull};
use crate::ConnectError;
use bollard::Docker;
use bollard::query_parameters::{
    CreateContainerOptionsBuilder, InspectContainerOptions, LogsOptionsBuilder, RemoveContainerOptionsBuilder,
    StartContainerOptions, UploadToContainerOptionsBuilder,
};
use dockwright_telemetry::{SpanId, Telemetry};
use futures::StreamExt;
use std::fs::File;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// What Docker says when it cannot give a container all capabilities.
const NO_FULL_PRIVILEGE: [&str; 2] = ["unable to apply caps", "operation not permitted"];

/// What was found or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Running {
    /// It ran already.
    Already,
    /// It was started now.
    Started,
}

/// Makes sure that the container of the plan runs. The caller holds the plan's [`lock`].
pub(crate) async fn ensure_running(
    docker: &Docker,
    plan: &Plan,
    telemetry: &Telemetry,
    parent: Option<SpanId>,
) -> Result<Running, ConnectError> {
    match docker
        .inspect_container(&plan.name, None::<InspectContainerOptions>)
        .await
    {
        Ok(found) if found.state.as_ref().and_then(|state| state.running) == Some(true) => return Ok(Running::Already),
        Ok(_) => start(docker, plan).await.map_err(|m| refused("start", plan, m))?,
        Err(e) if is_status(&e, 404) => {
            pull::ensure_image(docker, &plan.image, telemetry, parent).await?;
            create_and_start(docker, plan).await?;
        }
        Err(e) => return Err(refused("look at", plan, message(&e))),
    }
    Ok(Running::Started)
}

async fn create_and_start(docker: &Docker, plan: &Plan) -> Result<(), ConnectError> {
    create(docker, plan, &Privilege::Full).await?;
    let Err(reason) = start(docker, plan).await else {
        return Ok(());
    };
    if !NO_FULL_PRIVILEGE.iter().any(|sign| reason.contains(sign)) {
        return Err(refused("start", plan, reason));
    }
    remove(docker, plan).await?;
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    create(docker, plan, &Privilege::AllBut(capabilities::missing(&status))).await?;
    start(docker, plan).await.map_err(|m| refused("start", plan, m))
}

async fn create(docker: &Docker, plan: &Plan, privilege: &Privilege) -> Result<(), ConnectError> {
    let options = CreateContainerOptionsBuilder::default().name(&plan.name).build();
    let created = docker
        .create_container(Some(options), body(plan, privilege, group_of(&plan.socket_dir)?))
        .await;
    created.map_err(|e| refused("create", plan, message(&e)))?;
    if let Some(config) = &plan.config {
        let options = UploadToContainerOptionsBuilder::default().path("/").build();
        let archive = bollard::body_full(config_archive::archive(config).into());
        let uploaded = docker.upload_to_container(&plan.name, Some(options), archive).await;
        uploaded.map_err(|e| refused("put the configuration into", plan, message(&e)))?;
    }
    Ok(())
}

async fn start(docker: &Docker, plan: &Plan) -> Result<(), String> {
    docker
        .start_container(&plan.name, None::<StartContainerOptions>)
        .await
        .map_err(|e| message(&e))
}

async fn remove(docker: &Docker, plan: &Plan) -> Result<(), ConnectError> {
    let options = RemoveContainerOptionsBuilder::default().force(true).build();
    docker
        .remove_container(&plan.name, Some(options))
        .await
        .map_err(|e| refused("remove", plan, message(&e)))
}

fn refused(action: &str, plan: &Plan, message: String) -> ConnectError {
    ConnectError::Docker {
        action: format!("{action} the container {}", plan.name),
        message,
    }
}

/// A directory that only this user can enter.
fn make_private(directory: &Path) -> Result<(), ConnectError> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory);
    made.map_err(|source| ConnectError::Io {
        action: "cannot make the directory",
        path: directory.to_owned(),
        source,
    })
}

/// The group of this process, which the directory it made belongs to.
fn group_of(directory: &Path) -> Result<u32, ConnectError> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs_err::metadata(directory);
    let metadata = metadata.map_err(|source| ConnectError::Io {
        action: "cannot look at",
        path: directory.to_owned(),
        source,
    })?;
    Ok(metadata.gid())
}

/// One process at a time makes and starts the container, until it answers: another must not start what is half made. Released when dropped.
pub(super) async fn lock(plan: &Plan) -> Result<File, ConnectError> {
    make_private(&plan.socket_dir)?;
    let path = plan.socket_dir.join("start.lock");
    let locked = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || {
            let file = fs_err::OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)?
                .into_parts()
                .0;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        })
    };
    let locked = locked.await.map_err(std::io::Error::other).and_then(|result| result);
    locked.map_err(|source| ConnectError::Io {
        action: "cannot lock",
        path,
        source,
    })
}

/// The last lines of the container's log.
pub(crate) async fn log_tail(docker: &Docker, container: &str) -> String {
    let options = LogsOptionsBuilder::default()
        .stdout(true)
        .stderr(true)
        .tail("20")
        .build();
    let mut lines = String::new();
    let mut logs = std::pin::pin!(docker.logs(container, Some(options)));
    while let Some(Ok(part)) = logs.next().await {
        lines.push_str(&String::from_utf8_lossy(&part.into_bytes()));
    }
    lines
}
