//! Tests against a real engine: the lab's (`tests/lab/up.sh --engine`), or the one that `DOCKWRIGHT_TEST_ENGINE` names. Without one each says so and passes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests stop at the first surprise and say why they are skipped"
)]
#![allow(
    unused_crate_dependencies,
    reason = "a test binary uses few of the crate's dependencies"
)]

mod changes;
mod errors;
mod exec;
mod export;
mod files;
mod graph;
mod images;
mod lab;
mod managed;
mod measure;
mod progress;
mod session;
mod tree;
mod usage;
