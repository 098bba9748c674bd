//! The one stream of events that everything dockwright does is told by.
//!
//! Work emits typed events through [`Telemetry`] and [`Span`]; terminal, plain lines, JSON and recorded runs only consume them
//! ([`Subscription`]). Secrets are replaced in here ([`Redactor`]), before any consumer sees an event. This crate depends on no
//! other crate of dockwright and never prints.

pub mod event;
pub mod redact;
pub mod sink;
pub mod span;
pub mod subscription;

mod backlog;
mod hub;
mod timestamp;

pub use event::{Event, EventKind, Level, Outcome, SpanId, SpanKind, Stream};
pub use redact::Redactor;
pub use span::{Span, Telemetry};
pub use subscription::Subscription;
