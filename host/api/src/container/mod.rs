//! `Container`: a root file system, mounts, and how commands run in it.
//!
//! `state` is what the chain of calls has built up; `evaluate` dispatches one call to the file that knows it; nothing here runs anything until a
//! value is asked for in `values`.

mod configuration;
mod dockerfile;
mod environment;
mod evaluate;
mod exec;
mod filesystem;
mod healthcheck;
mod image;
mod import;
mod mounts;
mod owner;
mod ports;
mod publish;
mod served_registry;
mod services;
mod state;
mod values;
mod volatile;

pub(crate) use exec::{service_command, terminal_command};
pub(crate) use ports::ExposedPort;
pub(crate) use state::Container;
