//! `Service`: a container that runs beside others as long as they need it, or ports of the caller's machine.
//!
//! `state` is what a service is, `evaluate` how it comes about, `values` what is asked of it, `up` its ports on the caller's machine. When a
//! service starts and stops is the engine crate's business.

mod evaluate;
mod state;
mod up;
mod values;

pub(crate) use evaluate::host_name;
pub(crate) use state::Service;
pub(crate) use up::up_container;
