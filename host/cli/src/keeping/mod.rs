//! Keeps Python modules loaded for later calls, in a process of its own that a call leaves behind.
//!
//! What is kept, `dockwright-runtime` decides. Here is how the process is started (`start.rs`), what it is told (`errand.rs`) and what it does
//! (`work.rs`). Nobody waits for it, hears of it, or needs it.

mod errand;
mod start;
mod work;

pub(crate) use start::start;
pub(crate) use work::{detach, run};
