//! What a service is.

use crate::api::Api;
use crate::container::{Container, ExposedPort, service_command};
use crate::error::ApiError;
use dockwright_engine::{Forward, HostForward, Service as EngineService, ServiceContainer, Tunnel};
use dockwright_schema::{ObjectId, Request};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Map, Value};
use std::sync::Arc;
use tokio::sync::Mutex;

/// State of a service.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// What the engine knows it by: equal recipes are one service.
    pub key: String,
    /// The name under which others reach it, besides their aliases.
    pub hostname: String,
    /// Ports where it is reached.
    pub ports: Vec<ExposedPort>,
    /// What is behind it.
    pub kind: Kind,
}

/// What is behind a service.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A command in a container.
    Container {
        /// The container.
        container: Arc<Container>,
        /// Arguments of `asService`.
        arguments: Map<String, Value>,
    },
    /// Ports that the caller's machine can reach.
    Host(HostForward),
    /// Ports of the caller's machine that lead to another service.
    Tunnel {
        /// The service.
        upstream: ObjectId,
        /// The ports; a frontend of 0 is any.
        ports: Vec<Forward>,
        /// The open ports, once it is started.
        open: Arc<Mutex<Option<Tunnel>>>,
    },
}

/// Most characters of a command that name its service.
const NAME_LENGTH: usize = 60;

/// The command on one short line.
fn short_name(args: &[String]) -> String {
    let line = args.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(NAME_LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

impl Service {
    /// Tells the engine what the service is, without starting it; its key. Boxed: a service may be bound to services itself.
    pub(crate) fn declare<'a>(
        &'a self,
        api: &'a Arc<Api>,
        request: &'a Arc<Request>,
    ) -> BoxFuture<'a, Result<String, ApiError>> {
        async move {
            let engine = api.engine().await?;
            if !engine.knows_service(&self.key) {
                let service = self.definition(api, request).await?;
                engine.add_service(&self.key, &self.hostname, service);
            }
            Ok(self.key.clone())
        }
        .boxed()
    }

    async fn definition(&self, api: &Arc<Api>, request: &Arc<Request>) -> Result<EngineService, ApiError> {
        match &self.kind {
            Kind::Container { container, arguments } => {
                let exec = service_command(api, container, arguments, request).await?;
                let checked = self.ports.iter().filter(|port| port.is_checked());
                Ok(EngineService::Container(Box::new(ServiceContainer {
                    name: short_name(&exec.args),
                    platform: container.platform.clone(),
                    wait_for: checked.map(|port| port.port).collect(),
                    no_init: arguments.get("noInit").and_then(Value::as_bool).unwrap_or_default(),
                    exec,
                })))
            }
            Kind::Host(forward) => Ok(EngineService::Host(forward.clone())),
            Kind::Tunnel { .. } => Err(ApiError::other(
                "a tunnel leads from this machine to a service; containers are bound to the service itself",
            )),
        }
    }

    /// The container that it is; none for ports of a machine.
    pub(crate) fn container(&self) -> Option<&Container> {
        match &self.kind {
            Kind::Container { container, .. } => Some(container),
            Kind::Host(_) | Kind::Tunnel { .. } => None,
        }
    }

    /// The port that is meant when none is named.
    pub(crate) fn port(&self, asked: Option<i64>) -> Result<u16, ApiError> {
        match asked {
            Some(port) => u16::try_from(port).map_err(|_| {
                ApiError::other(format!(
                    "argument `port`: {port} is no port; it should be between 1 and 65535"
                ))
            }),
            None => self.ports.first().map(|port| port.port).ok_or_else(|| {
                ApiError::other("the service exposes no port; expose one with withExposedPort, or name it")
            }),
        }
    }
}
