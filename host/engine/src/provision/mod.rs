//! Finding an engine, and our own engine's container: made when something needs it, kept afterwards.
//!
//! The container and its volume are named by a hash of what they are made of, so another image, configuration or network is another engine, and none is
//! ever replaced under somebody's feet. Its socket lies in a directory of the host: the usual way to it never touches Docker.

mod capabilities;
mod config_archive;
mod connect;
mod container;
mod docker;
mod plan;
mod pull;
mod start;

pub(crate) use connect::{Connected, connect, connect_running};
pub(crate) use docker::{docker, is_status};
pub(crate) use plan::Plan;
pub(crate) use start::{Running, ensure_running, log_tail};
