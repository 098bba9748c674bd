//! Services: containers that run beside the build as long as somebody needs them.
//!
//! A service is a container of the build's gateway: it is not part of the graph, its result is not kept, and it ends with the build at the
//! latest. [`Engine::add_service`](crate::Engine::add_service) tells what a service is; it starts when an exec that names it in
//! [`ExecSpec::services`](crate::llb::ExecSpec::services) really runs (`hosts`), or when it is asked for.
//!
//! This module knows no recipes: services have keys. `registry` keeps who needs which, `start` brings one up, `process` speaks with processes
//! in containers, `tunnel` carries connections of this machine's ports, `terminal` is for commands that somebody types at.

mod container;
mod converse;
mod definition;
mod hosts;
mod ports;
mod process;
mod registry;
mod running;
mod start;
mod terminal;
mod tunnel;

pub use definition::{Forward, HostForward, Service, ServiceContainer};
pub use running::RunningService;
pub use terminal::{Keyboard, Terminal};
pub use tunnel::Tunnel;

pub(crate) use hosts::{hosts_mount, named_services};
pub(crate) use registry::Services;
