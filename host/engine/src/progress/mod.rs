//! What the engine says about its work, turned into spans and output.
//!
//! Reads the status stream of a build and emits telemetry; decides nothing. Names and parents come from the build graph, which goes to the engine and
//! comes back with its reports.

mod follow;
mod tail;
mod tracker;
mod vertex;

pub(crate) use follow::follow;
pub(crate) use tracker::Tracker;
