//! Bringing a service up: its container, its process, its ports.

use super::Service;
use super::container::Container;
use super::definition::{HostForward, ServiceContainer};
use super::hosts::hosts_mount;
use super::ports::Claim;
use super::process::{Ended, Process, Sink};
use super::registry::Entry;
use super::running::{Log, Running, RunningService};
use crate::engine::Inner;
use crate::llb::{Mount, MountKind, Output};
use crate::relay::{self, PROGRAM, TAKEN};
use crate::{Platform, ServiceError};
use bollard_buildkit_proto::pb;
use dockwright_telemetry::SpanKind;
use sha2::{Digest, Sha256};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tonic::Status;

/// How long a service may take until its ports accept connections.
const READY_PATIENCE: Duration = Duration::from_secs(120);
/// How long the word of a service's end may take after the first sign of it.
const END_PATIENCE: Duration = Duration::from_secs(2);

/// Starts the service; returns when it can be used.
pub(super) async fn start(engine: Arc<Inner>, entry: Arc<Entry>) -> Result<Arc<Running>, ServiceError> {
    let tracker = &engine.tracker;
    let name = entry.service.name();
    let span = tracker
        .telemetry()
        .span(format!("service {name}"), SpanKind::Vertex, tracker.root());
    let log = Log::new(span);
    let started = match &entry.service {
        Service::Container(service) => container(&engine, &entry, service, &log).await,
        Service::Host(forward) => host(&engine, &entry, forward, &log).await,
    };
    match started {
        Ok(running) => {
            let running = Arc::new(running);
            tokio::spawn(watch(Arc::clone(&running)));
            Ok(running)
        }
        Err(error) => {
            log.finish(&Ended {
                exit_code: 1,
                message: error.to_string(),
            });
            Err(error)
        }
    }
}

/// Tells progress when it is over.
async fn watch(running: Arc<Running>) {
    let ended = running.process.ended().await;
    running.log.finish(&ended);
}

async fn container(
    engine: &Arc<Inner>,
    entry: &Entry,
    service: &ServiceContainer,
    log: &Arc<Log>,
) -> Result<Running, ServiceError> {
    let name = service.name.clone();
    let exec = &service.exec;
    let shared = engine.build.shares_network();
    let needs = engine.hold_services(exec.services.iter().map(|(_, key)| key.as_str()));
    let claim = engine
        .services
        .claim(if shared { &service.wait_for } else { &[] }, &name)?;
    let mut mounts = exec.mounts.clone();
    mounts.push(relay_mount(&service.platform, &name)?);
    if !exec.services.is_empty() {
        mounts.push(hosts_mount(&exec.services, &exec.hostname));
    }
    let container = Container::new(engine, &exec.root, &mounts, &exec.hostname, &service.platform).await?;
    let mut args = Vec::new();
    if !service.no_init {
        args = words([PROGRAM, "run"]);
        for port in service.wait_for.iter().filter(|_| shared) {
            args.extend(["-p".to_owned(), port.to_string()]);
        }
        args.push("--".to_owned());
    }
    args.extend(exec.args.iter().cloned());
    let meta = pb::Meta { args, ..exec.meta() };
    let process = container
        .start(
            meta,
            exec.secret_env_proto(),
            exec.insecure,
            false,
            Sink::Log(Arc::clone(log)),
        )
        .await
        .map_err(|status| refused(&name, &status))?;
    let address = if shared {
        Ipv4Addr::LOCALHOST
    } else {
        own_address(&container, &process, &name, log).await?
    };
    if !service.wait_for.is_empty() {
        let ports: Vec<String> = service.wait_for.iter().map(u16::to_string).collect();
        wait_for_ports(&container, &process, address, &ports, &name, log).await?;
    }
    Ok(Running {
        seen: RunningService {
            address,
            hostname: entry.hostname.clone(),
        },
        container,
        process,
        log: Arc::clone(log),
        _needs: needs,
        _claim: claim,
    })
}

async fn host(
    engine: &Arc<Inner>,
    entry: &Entry,
    forward: &HostForward,
    log: &Arc<Log>,
) -> Result<Running, ServiceError> {
    let name = forward.name.clone();
    let platform = engine.platform();
    let shared = engine.build.shares_network();
    // Where networks are shared the ports are those of an address that is this service's alone.
    let listen = if shared {
        loopback_of(&entry.key)
    } else {
        Ipv4Addr::UNSPECIFIED
    };
    let mut mounts = vec![relay_mount(platform, &name)?];
    let mut args = words([PROGRAM, "listen"]);
    for port in &forward.ports {
        let id = engine.state.add_host_port(&forward.host, port.backend);
        let path = format!("/.dockwright/host/{}", port.frontend);
        mounts.push(Mount {
            destination: path.clone(),
            kind: MountKind::Socket {
                id,
                uid: 0,
                gid: 0,
                mode: 0o600,
            },
        });
        args.extend([listen.to_string(), port.frontend.to_string(), path]);
    }
    let container = Container::new(engine, &Output::scratch(), &mounts, "", platform).await?;
    let (sender, mut said) = mpsc::channel(1);
    let process = container
        .helper(args, false, Sink::Pipe(sender))
        .await
        .map_err(|status| refused(&name, &status))?;
    if said.recv().await.is_none() {
        let ended = process.ended().await;
        let ports: Vec<String> = forward.ports.iter().map(|port| port.frontend.to_string()).collect();
        return Err(exited(&name, ended, log, &ports.join(", ")));
    }
    let address = if shared {
        listen
    } else {
        own_address(&container, &process, &name, log).await?
    };
    Ok(Running {
        seen: RunningService {
            address,
            hostname: entry.hostname.clone(),
        },
        container,
        process,
        log: Arc::clone(log),
        _needs: engine.hold_services([]),
        _claim: Claim::default(),
    })
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn relay_mount(platform: &Platform, name: &str) -> Result<Mount, ServiceError> {
    relay::mount(platform).map_err(|error| ServiceError::Refused {
        name: name.to_owned(),
        message: error.to_string(),
    })
}

fn refused(name: &str, status: &Status) -> ServiceError {
    ServiceError::Refused {
        name: name.to_owned(),
        message: status.message().to_owned(),
    }
}

/// Why it ended before it was ready; `ports` are those that may have been taken.
fn exited(name: &str, ended: Ended, log: &Log, ports: &str) -> ServiceError {
    let name = name.to_owned();
    let output = log.tail();
    if ended.exit_code == TAKEN {
        let told = output
            .rsplit('\n')
            .find_map(|line| line.strip_suffix(": the port is taken"));
        return ServiceError::PortTaken {
            name,
            port: told.unwrap_or(ports).to_owned(),
        };
    }
    let output = if output.is_empty() { ended.message } else { output };
    ServiceError::Exited {
        name,
        exit_code: ended.exit_code,
        output,
    }
}

/// The container's address towards the other containers.
async fn own_address(
    container: &Container,
    service: &Process,
    name: &str,
    log: &Log,
) -> Result<Ipv4Addr, ServiceError> {
    let (sender, mut said) = mpsc::channel(4);
    let helper = container
        .helper(words([PROGRAM, "address"]), false, Sink::Pipe(sender))
        .await;
    let mut text = Vec::new();
    while let Some(part) = said.recv().await {
        text.extend(part);
    }
    let address = std::str::from_utf8(&text)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    if let Some(address) = address {
        return Ok(address);
    }
    // A container whose service has ended takes no further process, a little before it says so.
    if let Ok(ended) = tokio::time::timeout(END_PATIENCE, service.ended()).await {
        return Err(exited(name, ended, log, ""));
    }
    helper.map_err(|status| refused(name, &status))?;
    Err(ServiceError::Refused {
        name: name.to_owned(),
        message: "its container has no address".to_owned(),
    })
}

async fn wait_for_ports(
    container: &Container,
    service: &Process,
    address: Ipv4Addr,
    ports: &[String],
    name: &str,
    log: &Log,
) -> Result<(), ServiceError> {
    let mut args = words([PROGRAM, "wait"]);
    args.push(address.to_string());
    args.extend(ports.iter().cloned());
    let (sender, _said) = mpsc::channel(1);
    let probing = async {
        match container.helper(args, false, Sink::Pipe(sender)).await {
            Ok(probe) => Ok(probe.ended().await),
            Err(status) => Err(refused(name, &status)),
        }
    };
    tokio::select! {
        biased;
        ended = service.ended() => Err(exited(name, ended, log, "")),
        probed = probing => match probed {
            Ok(Ended { exit_code: 0, .. }) if service.end().is_none() => Ok(()),
            // A container whose service has ended takes no further process, a little before it says so.
            failed => match (tokio::time::timeout(END_PATIENCE, service.ended()).await, failed) {
                (Ok(ended), _) => Err(exited(name, ended, log, "")),
                (Err(_), Err(error)) => Err(error),
                (Err(_), Ok(ended)) => Err(ServiceError::Refused {
                    name: name.to_owned(),
                    message: format!("its ports cannot be looked at: {}", ended.message),
                }),
            },
        },
        () = tokio::time::sleep(READY_PATIENCE) => Err(ServiceError::NotReady {
            name: name.to_owned(),
            ports: ports.join(", "),
            seconds: READY_PATIENCE.as_secs(),
            output: log.tail(),
        }),
    }
}

/// An address of the loopback network that no other service is likely to have.
fn loopback_of(key: &str) -> Ipv4Addr {
    let digest = Sha256::digest(key.as_bytes());
    let part = |index: usize| digest.get(index).copied().unwrap_or_default();
    Ipv4Addr::new(127, 64 + part(0) % 128, part(1), 1 + part(2) % 254)
}

#[cfg(test)]
mod tests {
    use super::loopback_of;

    #[test]
    fn services_of_the_host_have_addresses_of_their_own() {
        let (one, other) = (loopback_of("a"), loopback_of("b"));
        assert!(one.is_loopback() && other.is_loopback());
        assert_ne!(one, other);
        assert_ne!(one, std::net::Ipv4Addr::LOCALHOST);
    }
}
