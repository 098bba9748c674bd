//! Views over the event stream: live tree, plain lines, JSON.
//!
//! [`start`] runs the view that [`Progress`] names on a thread of its own; it only consumes [`dockwright_telemetry`] events and
//! only writes to the writer it is given (the user's stderr): results on stdout are the caller's. [`Model`] turns events into a
//! tree without a clock or a terminal; the frontends draw it.

pub mod model;
pub mod progress;
pub mod scope;
pub mod ui;

mod environment;
mod format;
mod frontend;
mod paint;
mod row;
mod summary;
mod text;

#[cfg(test)]
#[path = "../examples/demo/recorded.rs"]
mod recorded;
#[cfg(test)]
mod testing;

pub use model::Model;
pub use progress::Progress;
pub use scope::Scope;
pub use ui::{Ui, start};
