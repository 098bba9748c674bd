//! The shortest way to an engine that works.

use super::start::lock;
use super::{Plan, Running, docker, ensure_running, log_tail};
use crate::transport::{self, control, dial};
use crate::{Address, ConnectError, EngineOptions};
use bollard::Docker;
use bollard::query_parameters::InspectContainerOptions;
use bollard_buildkit_proto::moby::buildkit::v1::InfoRequest;
use dockwright_telemetry::{Outcome, SpanId, SpanKind, Telemetry};
use std::time::{Duration, Instant};
use tonic::transport::Channel;

/// How long a started engine may take to answer. Disks of small machines are slow.
const READY_PATIENCE: Duration = Duration::from_secs(90);
/// How long the socket is tried alone before the way through Docker is tried too.
const SOCKET_PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(20);

/// An engine that answers.
#[derive(Debug)]
pub(crate) struct Connected {
    pub(crate) channel: Channel,
    pub(crate) address: Address,
}

/// Dials the engine of the options if it runs; starts none, and asks Docker nothing about our own.
pub(crate) async fn connect_running(options: &EngineOptions) -> Result<Option<Connected>, ConnectError> {
    let address = match &options.address {
        Some(address) => address.parse()?,
        None => Address::Unix(Plan::new(options)?.socket()),
    };
    let channel = dial(&address).await.ok();
    Ok(channel.map(|channel| Connected { channel, address }))
}

/// Dials the engine of the options, starting our own when it does not run.
pub(crate) async fn connect(
    options: &EngineOptions,
    telemetry: &Telemetry,
    parent: Option<SpanId>,
) -> Result<Connected, ConnectError> {
    if let Some(address) = &options.address {
        let address: Address = address.parse()?;
        return match dial_and_ask(&address).await {
            Ok(channel) => Ok(Connected { channel, address }),
            Err(message) => Err(ConnectError::Unreachable {
                address: address.to_string(),
                message,
            }),
        };
    }
    let plan = Plan::new(options)?;
    let socket = Address::Unix(plan.socket());
    if let Ok(channel) = dial(&socket).await {
        return Ok(Connected {
            channel,
            address: socket,
        });
    }
    let span = telemetry.span("start the engine", SpanKind::Phase, parent);
    match start_and_wait(&plan, telemetry, span.id()).await {
        Ok(connected) => {
            span.finish(Outcome::Done);
            Ok(connected)
        }
        Err(error) => {
            span.finish(Outcome::Failed(error.to_string()));
            Err(error)
        }
    }
}

async fn start_and_wait(plan: &Plan, telemetry: &Telemetry, span: SpanId) -> Result<Connected, ConnectError> {
    let docker = docker().await?;
    let _lock = lock(plan).await?;
    let running = ensure_running(&docker, plan, telemetry, Some(span)).await?;
    let socket = Address::Unix(plan.socket());
    let begun = Instant::now();
    // An engine that ran all along without a socket of ours is on another machine: its socket will not appear.
    let mut next_through_docker = if running == Running::Already {
        begun
    } else {
        begun + SOCKET_PATIENCE
    };
    loop {
        let reason = match dial_and_ask(&socket).await {
            Ok(channel) => {
                return Ok(Connected {
                    channel,
                    address: socket,
                });
            }
            Err(reason) => reason,
        };
        if Instant::now() >= next_through_docker {
            let reason = match through_docker(&docker, &plan.name).await {
                Ok(channel) => {
                    return Ok(Connected {
                        channel,
                        address: Address::DockerContainer(plan.name.clone()),
                    });
                }
                Err(docker) => format!("by its socket: {reason}; through Docker: {docker}"),
            };
            check_alive(&docker, plan, begun, reason).await?;
            next_through_docker = Instant::now() + Duration::from_millis(500);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn through_docker(docker: &Docker, container: &str) -> Result<Channel, String> {
    let channel = transport::in_container(docker, container).await?;
    ask(&channel).await?;
    Ok(channel)
}

async fn dial_and_ask(address: &Address) -> Result<Channel, String> {
    let channel = dial(address).await?;
    ask(&channel).await?;
    Ok(channel)
}

/// Whether somebody who speaks BuildKit answers.
async fn ask(channel: &Channel) -> Result<(), String> {
    let answer = tokio::time::timeout(Duration::from_secs(20), control(channel).info(InfoRequest {})).await;
    match answer {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(status)) => {
            Err(std::error::Error::source(&status).map_or_else(|| status.message().to_owned(), transport::with_causes))
        }
        Err(_) => Err("no answer within 20 seconds".to_owned()),
    }
}

async fn check_alive(docker: &Docker, plan: &Plan, begun: Instant, reason: String) -> Result<(), ConnectError> {
    let found = docker
        .inspect_container(&plan.name, None::<InspectContainerOptions>)
        .await;
    let state = found.ok().and_then(|found| found.state);
    let message = match state {
        Some(state) if state.running == Some(true) => {
            if begun.elapsed() < READY_PATIENCE {
                return Ok(());
            }
            format!("no answer within {} seconds ({reason})", READY_PATIENCE.as_secs())
        }
        Some(state) => format!("it ended with code {}", state.exit_code.unwrap_or_default()),
        None => "it was removed meanwhile".to_owned(),
    };
    Err(ConnectError::NotReady {
        container: plan.name.clone(),
        message,
        log: log_tail(docker, &plan.name).await,
    })
}
