//! The one stream of events that everything dockwright does is told by.
//!
//! Work emits typed events through `Telemetry` and `Span`; terminal, plain lines, JSON and recorded runs only consume them. Secrets are replaced
//! in here, before any consumer sees an event. This crate depends on no other crate of dockwright and never prints.

pub mod event;



pub use event::{Event, EventKind, Level, Outcome, SpanId, SpanKind, Stream};


