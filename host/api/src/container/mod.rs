//! `Container`: a root file system, mounts, and how commands run in it.
//!
//! `state` is what the chain of calls has built up; `evaluate` dispatches one call to the file that knows it; nothing here runs anything until a
//! value is asked for in `values`.

mod configuration;
mod environment;
mod evaluate;
mod exec;
mod filesystem;
mod image;
mod mounts;
mod publish;
mod state;
mod values;

pub(crate) use state::Container;
