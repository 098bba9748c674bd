//! Values of a service.

use super::state::{Kind, Service};
use super::up;
use crate::container::ExposedPort;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::literal;
use dockwright_schema::Resolved;
use serde_json::Value;

/// Fields whose values are given here.
pub(super) const FIELDS: &[&str] = &["endpoint", "hostname", "ports", "start", "stop", "sync", "up"];

/// The field's value.
pub(super) async fn value(service: &Service, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let text = |text: String| Resolved::Value(Value::String(text));
    Ok(match field.name {
        "hostname" => text(service.hostname.clone()),
        "endpoint" => text(endpoint(service, field).await?),
        "ports" => {
            let ports = open_ports(service).await;
            literal::list(field.api, "Port", ports.iter().map(ExposedPort::to_json))
        }
        "start" => {
            start(service, field).await?;
            text(field.id.to_string())
        }
        "stop" => {
            match &service.kind {
                Kind::Tunnel { open, .. } => drop(open.lock().await.take()),
                _ => {
                    field
                        .api
                        .engine()
                        .await?
                        .stop_service(&service.key, field.arguments.flag("kill"))
                        .await
                }
            }
            text(field.id.to_string())
        }
        "sync" => {
            if let Kind::Container { container, .. } = &service.kind {
                field.api.engine().await?.evaluate(&container.root).await?;
            }
            text(field.id.to_string())
        }
        "up" => {
            up::up(service, field).await?;
            Resolved::Value(Value::Null)
        }
        _ => return field.unsupported("Service"),
    })
}

async fn start(service: &Service, field: ValueOf<'_>) -> Result<(), ApiError> {
    let engine = field.api.engine().await?;
    match &service.kind {
        Kind::Tunnel { upstream, ports, open } => {
            let mut open = open.lock().await;
            if open.is_none() {
                let upstream = field.api.state::<Service>(upstream, field.request).await?;
                let key = upstream.declare(field.api, field.request).await?;
                *open = Some(engine.open_tunnel(&key, ports).await?);
            }
        }
        _ => {
            let key = service.declare(field.api, field.request).await?;
            engine.start_service(&key).await?;
        }
    }
    Ok(())
}

/// The ports; those of a tunnel as they are once it is started.
async fn open_ports(service: &Service) -> Vec<ExposedPort> {
    if let Kind::Tunnel { open, .. } = &service.kind
        && let Some(tunnel) = &*open.lock().await
    {
        return tunnel
            .ports()
            .iter()
            .map(|port| ExposedPort::tcp(port.frontend))
            .collect();
    }
    service.ports.clone()
}

async fn endpoint(service: &Service, field: ValueOf<'_>) -> Result<String, ApiError> {
    let asked = field.arguments.optional_integer("port");
    let port = match (&service.kind, asked) {
        (Kind::Tunnel { .. }, None) => open_ports(service)
            .await
            .first()
            .map(|port| port.port)
            .unwrap_or_default(),
        _ => service.port(asked)?,
    };
    if port == 0 {
        return Err(ApiError::other("the tunnel has no port yet: start it first"));
    }
    let address = format!("{}:{port}", service.hostname);
    Ok(match field.arguments.non_empty_text("scheme") {
        Some(scheme) => format!("{scheme}://{address}"),
        None => address,
    })
}
