//! Looking after the engine between runs: what `dockwright engine …` does.
//!
//! Works on the engine that the options name. Only our own container is started and stopped; any engine can be asked and pruned.

use crate::error::ManageError;
use crate::provision::{self, Plan, docker, is_status};
use crate::transport::control;
use crate::{Address, EngineOptions};
use bollard::query_parameters::{InspectContainerOptions, LogsOptionsBuilder, StopContainerOptionsBuilder};
use bollard_buildkit_proto::moby::buildkit::v1::{DiskUsageRequest, InfoRequest, ListWorkersRequest, PruneRequest};
use bytes::Bytes;
use dockwright_telemetry::Telemetry;
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Seconds that the engine gets to end what it does.
const STOP_SECONDS: i32 = 10;

/// Whether an engine runs, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineStatus {
    /// Name of our own container; none for an engine elsewhere.
    pub container: Option<String>,
    /// Its image.
    pub image: Option<String>,
    /// What Docker says of it (`running`, `exited`, …); none when there is no container.
    pub state: Option<String>,
    /// Facts that only an engine that answers can tell.
    pub running: Option<RunningEngine>,
}

/// What a running engine says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningEngine {
    /// Where it listens.
    pub address: String,
    /// BuildKit's version.
    pub version: String,
    /// Platforms it runs, its own first.
    pub platforms: Vec<String>,
    /// Bytes of its cache.
    pub disk_bytes: u64,
}

/// What to remove from the engine's cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PruneOptions {
    /// BuildKit's filters (`type==exec.cachemount`, `id~=abc`, …), of which one must match; empty is everything.
    pub filters: Vec<String>,
    /// Also what the engine itself would keep: internal and shared records.
    pub all: bool,
    /// Keep what was used since this long ago.
    pub keep_duration: Option<Duration>,
    /// Bytes that may stay.
    pub reserved_bytes: Option<u64>,
}

/// Looks, and starts nothing.
///
/// # Errors
/// The options make no sense, or there is no Docker.
pub async fn status(options: &EngineOptions) -> Result<EngineStatus, ManageError> {
    if options.address.is_some() {
        let telemetry = Telemetry::new();
        let connected = provision::connect(options, &telemetry, None).await?;
        let running = Some(ask(&connected).await?);
        return Ok(EngineStatus {
            container: None,
            image: None,
            state: None,
            running,
        });
    }
    let plan = Plan::new(options)?;
    let docker = docker().await?;
    let state = match docker
        .inspect_container(&plan.name, None::<InspectContainerOptions>)
        .await
    {
        Ok(found) => found
            .state
            .and_then(|state| state.status)
            .map(|status| status.to_string()),
        Err(e) if is_status(&e, 404) => None,
        Err(e) => return Err(refused("look at its container", &e.to_string())),
    };
    let running = match state.as_deref() {
        Some("running") => Some(ask(&provision::connect(options, &Telemetry::new(), None).await?).await?),
        _ => None,
    };
    Ok(EngineStatus {
        container: Some(plan.name),
        image: Some(plan.image),
        state,
        running,
    })
}

/// Starts our own engine if it does not run; where it listens.
///
/// # Errors
/// It cannot be started, or the options name another engine.
pub async fn start(options: &EngineOptions, telemetry: &Telemetry) -> Result<Address, ManageError> {
    own(options, "start")?;
    Ok(provision::connect(options, telemetry, None).await?.address)
}

/// Stops our own engine; its cache stays. True if it ran.
///
/// # Errors
/// There is no such container, or the options name another engine.
pub async fn stop(options: &EngineOptions) -> Result<bool, ManageError> {
    let plan = own(options, "stop")?;
    let docker = docker().await?;
    match docker
        .inspect_container(&plan.name, None::<InspectContainerOptions>)
        .await
    {
        Ok(found) if found.state.as_ref().and_then(|state| state.running) == Some(true) => {}
        Ok(_) => return Ok(false),
        Err(e) if is_status(&e, 404) => return Err(ManageError::NoContainer { container: plan.name }),
        Err(e) => return Err(refused("look at its container", &e.to_string())),
    }
    let stop = StopContainerOptionsBuilder::default().t(STOP_SECONDS).build();
    docker
        .stop_container(&plan.name, Some(stop))
        .await
        .map_err(|e| refused("stop", &e.to_string()))?;
    Ok(true)
}

/// Removes from the engine's cache what nothing uses; how many bytes that freed.
///
/// # Errors
/// The engine cannot be reached, or refuses a filter.
pub async fn prune(options: &EngineOptions, prune: &PruneOptions) -> Result<u64, ManageError> {
    let connected = provision::connect(options, &Telemetry::new(), None).await?;
    let request = PruneRequest {
        filter: prune.filters.clone(),
        all: prune.all,
        keep_duration: prune
            .keep_duration
            .map(|d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX))
            .unwrap_or_default(),
        reserved_space: prune
            .reserved_bytes
            .map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX))
            .unwrap_or_default(),
        ..PruneRequest::default()
    };
    let failed = |status: tonic::Status| refused("prune its cache", status.message());
    let mut records = control(&connected.channel)
        .prune(request)
        .await
        .map_err(failed)?
        .into_inner();
    let mut freed = 0u64;
    while let Some(record) = records.message().await.map_err(failed)? {
        freed += u64::try_from(record.size).unwrap_or_default();
    }
    Ok(freed)
}

/// The engine's log as it is written, from `tail` lines back (all without); with `follow` it goes on until dropped.
///
/// # Errors
/// There is no such container, or the options name another engine.
pub async fn logs(
    options: &EngineOptions,
    tail: Option<usize>,
    follow: bool,
) -> Result<impl Stream<Item = Result<Bytes, ManageError>> + use<>, ManageError> {
    let plan = own(options, "read the log of")?;
    let docker = docker().await?;
    if let Err(e) = docker
        .inspect_container(&plan.name, None::<InspectContainerOptions>)
        .await
    {
        return Err(if is_status(&e, 404) {
            ManageError::NoContainer { container: plan.name }
        } else {
            refused("look at its container", &e.to_string())
        });
    }
    let tail = tail.map_or_else(|| "all".to_owned(), |lines| lines.to_string());
    let logs = LogsOptionsBuilder::default()
        .stdout(true)
        .stderr(true)
        .follow(follow)
        .tail(&tail)
        .build();
    Ok(async_stream::try_stream! {
        let mut parts = std::pin::pin!(docker.logs(&plan.name, Some(logs)));
        while let Some(part) = parts.next().await {
            yield part.map_err(|e| refused("read its log", &e.to_string()))?.into_bytes();
        }
    })
}

async fn ask(connected: &provision::Connected) -> Result<RunningEngine, ManageError> {
    let failed = |status: tonic::Status| refused("tell what it is", status.message());
    let mut client = control(&connected.channel);
    let version = client
        .info(InfoRequest {})
        .await
        .map_err(failed)?
        .into_inner()
        .buildkit_version
        .unwrap_or_default()
        .version;
    let workers = client
        .list_workers(ListWorkersRequest::default())
        .await
        .map_err(failed)?
        .into_inner()
        .record;
    let usage = client
        .disk_usage(DiskUsageRequest::default())
        .await
        .map_err(failed)?
        .into_inner()
        .record;
    Ok(RunningEngine {
        address: connected.address.to_string(),
        version,
        platforms: workers
            .iter()
            .flat_map(|worker| &worker.platforms)
            .map(|platform| crate::Platform::from_proto(platform).to_string())
            .collect(),
        disk_bytes: usage
            .iter()
            .map(|record| u64::try_from(record.size).unwrap_or_default())
            .sum(),
    })
}

fn own(options: &EngineOptions, action: &'static str) -> Result<Plan, ManageError> {
    match &options.address {
        Some(address) => Err(ManageError::NotManaged {
            address: address.clone(),
            action,
        }),
        None => Ok(Plan::new(options)?),
    }
}

fn refused(action: &'static str, message: &str) -> ManageError {
    ManageError::Engine {
        action,
        message: message.to_owned(),
    }
}
