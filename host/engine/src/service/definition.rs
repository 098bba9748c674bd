//! What a service is.

use crate::Platform;
use crate::llb::ExecSpec;

/// What a service is.
#[derive(Clone, Debug)]
pub enum Service {
    /// A command in a container.
    Container(Box<ServiceContainer>),
    /// Ports of a machine that this process can reach.
    Host(HostForward),
}

/// A command in a container that goes on running.
#[derive(Clone, Debug)]
pub struct ServiceContainer {
    /// What progress and errors call it.
    pub name: String,
    /// The command and all it sees; what it writes is not kept.
    pub exec: ExecSpec,
    /// What the container runs as.
    pub platform: Platform,
    /// TCP ports that must accept connections before the service counts as started.
    pub wait_for: Vec<u16>,
    /// Whether the command is the container's first process itself, without an init before it.
    pub no_init: bool,
}

/// A port of a service and the port behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Forward {
    /// Where it is reached.
    pub frontend: u16,
    /// Where it leads.
    pub backend: u16,
}

/// Ports of a machine that this process can reach, made reachable for containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostForward {
    /// What progress and errors call it.
    pub name: String,
    /// Name or address of the machine.
    pub host: String,
    /// The ports: containers connect to the frontend, this process to the backend.
    pub ports: Vec<Forward>,
}

impl Service {
    /// What progress and errors call it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Container(container) => &container.name,
            Self::Host(forward) => &forward.name,
        }
    }
}
