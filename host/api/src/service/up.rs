//! `up`: ports of the caller's machine that lead to a service, until the service ends or nobody waits any more.

use super::evaluate::require_whole;
use super::state::{Kind, Service};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::container::{Container, ExposedPort};
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::recipe::{Call, Recipe};
use dockwright_engine::Forward;
use dockwright_schema::Request;
use dockwright_telemetry::Level;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Opens the ports and stays until the service ends.
pub(super) async fn up(service: &Service, field: ValueOf<'_>) -> Result<(), ApiError> {
    let random = field.arguments.flag("random");
    stay(
        service,
        field.api,
        field.request,
        random,
        forwards(field.arguments)?,
        None,
    )
    .await
}

impl Service {
    /// Opens these ports, or its own under the same numbers, tells where it is reached, under that name, and stays until it ends.
    pub(crate) async fn forward(
        &self,
        api: &Arc<Api>,
        request: &Arc<Request>,
        name: &str,
        ports: Vec<Forward>,
    ) -> Result<(), ApiError> {
        stay(self, api, request, false, ports, Some(name)).await
    }
}

async fn stay(
    service: &Service,
    api: &Arc<Api>,
    request: &Arc<Request>,
    random: bool,
    given: Vec<Forward>,
    name: Option<&str>,
) -> Result<(), ApiError> {
    require_whole(&api.host_view(&request.principal)?, "a port of the host")?;
    let (service, ports) = match &service.kind {
        Kind::Tunnel { upstream, ports, .. } => {
            let upstream = api.state::<Service>(upstream, request).await?;
            (upstream, ports.clone())
        }
        _ if given.is_empty() => (Arc::new(service.clone()), own_ports(service, random)?),
        _ => (Arc::new(service.clone()), given),
    };
    let ports: Vec<Forward> = ports
        .into_iter()
        .map(|port| Forward {
            frontend: if random { 0 } else { port.frontend },
            ..port
        })
        .collect();
    let key = service.declare(api, request).await?;
    let tunnel = api.engine().await?.open_tunnel(&key, &ports).await?;
    for port in tunnel.ports() {
        let of = name.map_or("the service".to_owned(), |name| format!("`{name}`"));
        let line = format!("127.0.0.1:{} leads to port {} of {of}", port.frontend, port.backend);
        api.telemetry().message(Level::Info, line);
    }
    match tunnel.ended().await {
        0 => Ok(()),
        code => Err(ApiError::other(format!("the service ended with exit code {code}"))),
    }
}

/// `Container.up`: as `asService` with the same arguments, and `up`.
pub(crate) async fn up_container(container: &Container, field: ValueOf<'_>) -> Result<(), ApiError> {
    let only = |keep: &dyn Fn(&str) -> bool| -> Map<String, Value> {
        let arguments = field.arguments.0.iter();
        arguments
            .filter(|(name, _)| keep(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let recipe = Recipe::Call(Call {
        parent_type: "Container".into(),
        parent: Some(field.id.clone()),
        field: "asService".into(),
        arguments: only(&|name| !matches!(name, "random" | "ports")),
        principal: None,
    });
    let id = field.api.store().insert(&"Service".into(), recipe);
    let service = field.api.state::<Service>(&id, field.request).await?;
    debug_assert_eq!(service.ports.len(), ExposedPort::all(container).len());
    up(&service, field).await
}

/// The argument `ports`; a frontend that is left out is the backend's number.
pub(super) fn forwards(arguments: Arguments<'_>) -> Result<Vec<Forward>, ApiError> {
    let Some(items) = arguments.0.get("ports").and_then(Value::as_array) else {
        return Ok(Vec::new());
    };
    let port = |item: &Value, name: &str| -> Result<Option<u16>, ApiError> {
        let Some(number) = item.get(name).and_then(Value::as_i64) else {
            return Ok(None);
        };
        let good = u16::try_from(number)
            .ok()
            .filter(|port| *port > 0 || name == "frontend");
        good.map(Some).ok_or_else(|| {
            ApiError::other(format!(
                "argument `ports`: {number} is no port; it should be between 1 and 65535"
            ))
        })
    };
    let forward = |item: &Value| {
        if item.get("protocol").and_then(Value::as_str) == Some("UDP") {
            return Err(ApiError::other("argument `ports`: only TCP ports can be forwarded"));
        }
        let backend =
            port(item, "backend")?.ok_or_else(|| ApiError::other("argument `ports`: `backend` is missing"))?;
        Ok(Forward {
            frontend: port(item, "frontend")?.unwrap_or(backend),
            backend,
        })
    };
    items.iter().map(forward).collect()
}

/// The TCP ports that the service exposes, under the same numbers or any.
pub(super) fn own_ports(service: &Service, random: bool) -> Result<Vec<Forward>, ApiError> {
    let ports: Vec<Forward> = service
        .ports
        .iter()
        .filter(|port| !port.udp)
        .map(|port| Forward {
            frontend: if random { 0 } else { port.port },
            backend: port.port,
        })
        .collect();
    if ports.is_empty() {
        return Err(ApiError::other(
            "the service exposes no TCP port; expose one with withExposedPort, or pass `ports`",
        ));
    }
    Ok(ports)
}
