//! Ports that a container exposes.

use super::state::Container;
use serde_json::{Value, json};

/// A port that a container exposes, or where a service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExposedPort {
    /// The number.
    pub port: u16,
    /// UDP rather than TCP.
    pub udp: bool,
    /// What it is for.
    pub description: Option<String>,
    /// A service need not listen there to count as started.
    pub unchecked: bool,
}

impl ExposedPort {
    /// A TCP port of which nothing else is known.
    pub(crate) fn tcp(port: u16) -> ExposedPort {
        ExposedPort {
            port,
            udp: false,
            description: None,
            unchecked: false,
        }
    }

    /// All of a container's, as its configuration orders them.
    pub(crate) fn all(container: &Container) -> Vec<ExposedPort> {
        let keys = container.config.config.exposed_ports.keys();
        keys.filter_map(|key| {
            let (number, protocol) = key.split_once('/').unwrap_or((key, "tcp"));
            Some(ExposedPort {
                port: number.parse().ok()?,
                udp: protocol.eq_ignore_ascii_case("udp"),
                description: container.port_descriptions.get(key).cloned(),
                unchecked: container.unchecked_ports.contains(key),
            })
        })
        .collect()
    }

    /// Whether a service must listen there before it counts as started.
    pub(crate) fn is_checked(&self) -> bool {
        !self.udp && !self.unchecked
    }

    /// The fields of the API's `Port`.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "port": self.port,
            "protocol": if self.udp { "UDP" } else { "TCP" },
            "description": self.description,
            "experimentalSkipHealthcheck": self.unchecked,
        })
    }
}
