//! Artifacts to and from a registry that this test serves itself, and that misbehaves in every way that registries do.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod faults;
mod publishing;
mod pulling;
mod server;
mod setup;
mod signing;
