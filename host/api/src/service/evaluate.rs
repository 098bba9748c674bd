//! How services come about.

use super::state::{Kind, Service};
use super::{up, values};
use crate::access::HostView;
use crate::address::Address;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::container::{Container, ExposedPort};
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::host::Host;
use crate::recipe::{Call, Recipe};
use crate::terminal;
use dockwright_engine::{Forward, HostForward};
use dockwright_schema::{Request, Resolved};
use std::sync::Arc;

/// Characters of the key that are the name of a service which was given none.
const HOSTNAME_LENGTH: usize = 13;

impl CoreObject for Service {
    const TYPE: &'static str = "Service";
    const VALUES: &'static [&'static str] = values::FIELDS;
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Container", "asService"),
        ("Host", "service"),
        ("Host", "tunnel"),
        ("Address", "service"),
        ("Service", "withHostname"),
        ("Service", "terminal"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        let id = Recipe::Call(call.clone()).id(&Self::TYPE.into(), api.store().key());
        let key = hex::encode(id.digest().get(..16).unwrap_or_default());
        let hostname = key.get(..HOSTNAME_LENGTH).unwrap_or(&key).to_owned();
        match (&*call.parent_type, &*call.field) {
            ("Container", "asService") => {
                let container = api.parent_state::<Container>(call, request).await?;
                Ok(Service {
                    key,
                    hostname,
                    ports: ExposedPort::all(&container),
                    kind: Kind::Container {
                        container,
                        arguments: call.arguments.clone(),
                    },
                })
            }
            ("Host", "service") => {
                let host = api.parent_state::<Host>(call, request).await?;
                require_whole(&host.view, "the network of the host")?;
                let machine = arguments.non_empty_text("host").unwrap_or("localhost");
                let ports = up::forwards(arguments)?;
                if ports.is_empty() {
                    return Err(ApiError::other(
                        "argument `ports`: a service of the host needs at least one port",
                    ));
                }
                Ok(host_service(key, hostname, machine, ports))
            }
            ("Address", "service") => {
                let address = api.parent_state::<Address>(call, request).await?;
                require_whole(
                    &api.host_view(&address.principal)?,
                    &format!("the service `{}`", address.value),
                )?;
                let (machine, port) = tcp_address(&address.value)?;
                let port = Forward {
                    frontend: port,
                    backend: port,
                };
                Ok(host_service(key, hostname, machine, vec![port]))
            }
            ("Host", "tunnel") => {
                let host = api.parent_state::<Host>(call, request).await?;
                require_whole(&host.view, "a port of the host")?;
                let upstream = arguments.object("service", Self::TYPE)?;
                let service = api.state::<Service>(&upstream, request).await?;
                let given = up::forwards(arguments)?;
                let ports = match (given.is_empty(), arguments.flag("native")) {
                    (false, false) => given,
                    (true, native) => up::own_ports(&service, !native)?,
                    (false, true) => [up::own_ports(&service, false)?, given].concat(),
                };
                Ok(Service {
                    key,
                    hostname: "localhost".to_owned(),
                    ports: ports.iter().map(|port| ExposedPort::tcp(port.frontend)).collect(),
                    kind: Kind::Tunnel {
                        upstream,
                        ports,
                        open: Arc::default(),
                    },
                })
            }
            ("Service", "terminal") => {
                let service = api.parent_state::<Service>(call, request).await?;
                terminal::of_service(api, &service, arguments, request).await?;
                Ok((*service).clone())
            }
            ("Service", "withHostname") => {
                let before = api.parent_state::<Service>(call, request).await?;
                if matches!(before.kind, Kind::Tunnel { .. }) {
                    return Err(ApiError::other(
                        "a tunnel is reached as localhost; name the service itself",
                    ));
                }
                Ok(Service {
                    key,
                    hostname: host_name(arguments.text("hostname")?)?.to_owned(),
                    ..(*before).clone()
                })
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        values::value(self, field).await
    }
}

fn host_service(key: String, hostname: String, machine: &str, ports: Vec<Forward>) -> Service {
    Service {
        key,
        hostname,
        ports: ports.iter().map(|port| ExposedPort::tcp(port.frontend)).collect(),
        kind: Kind::Host(HostForward {
            name: machine.to_owned(),
            host: machine.to_owned(),
            ports,
        }),
    }
}

/// Refuses what only those may do to whom the host belongs.
pub(super) fn require_whole(view: &HostView, what: &str) -> Result<(), ApiError> {
    match view {
        HostView::Whole { .. } => Ok(()),
        HostView::Sandbox { .. } => Err(ApiError::Denied {
            what: what.to_owned(),
            hint: "take a Service argument and let the caller choose it, or return a Service for the caller to open",
        }),
    }
}

/// Machine and port of `tcp://host:port`.
fn tcp_address(address: &str) -> Result<(&str, u16), ApiError> {
    if address.starts_with("udp://") {
        return Err(ApiError::other(format!(
            "`{address}`: only tcp:// services can be reached"
        )));
    }
    let wrong = || ApiError::other(format!("`{address}` names no service; write tcp://HOST:PORT"));
    let (host, port) = address
        .strip_prefix("tcp://")
        .and_then(|rest| rest.trim_end_matches('/').rsplit_once(':'))
        .ok_or_else(wrong)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match port.parse() {
        Ok(port) if port > 0 && !host.is_empty() => Ok((host, port)),
        _ => Err(wrong()),
    }
}

/// A name that can stand in `/etc/hosts` and in URLs.
pub(crate) fn host_name(name: &str) -> Result<&str, ApiError> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    if name.is_empty() || name.len() > 253 || !name.chars().all(good) || name.starts_with(['-', '.']) {
        return Err(ApiError::other(format!(
            "`{name}` is no host name: letters, digits, `-`, `_` and `.` make one"
        )));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::{host_name, tcp_address};

    #[test]
    fn addresses_of_services() {
        assert_eq!(tcp_address("tcp://localhost:5432").unwrap(), ("localhost", 5432));
        assert_eq!(tcp_address("tcp://[::1]:80").unwrap(), ("::1", 80));
        for wrong in [
            "udp://h:1",
            "localhost:5432",
            "tcp://h",
            "tcp://h:0",
            "tcp://:1",
            "tcp://h:x",
            "tcp://h:70000",
        ] {
            assert!(tcp_address(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_services() {
        assert!(host_name("db").is_ok() && host_name("a-b.c_d").is_ok());
        for wrong in ["", "a b", "a,b", "a=b", "-a", "ä", "a\nb"] {
            assert!(host_name(wrong).is_err(), "{wrong}");
        }
    }
}
