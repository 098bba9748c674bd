//! The emitting side: [`Telemetry`] is a cheap handle to the stream, [`Span`] an open piece of work.
//!
//! Emitting never blocks on a consumer and never fails. When nobody listens any more it costs an atomic load.

use crate::{
    event::{EventKind, Level, Outcome, SpanId, SpanKind, Stream},
    hub::Hub,
    redact::Redactor,
    subscription::Subscription,
};
use std::{fmt, sync::Arc, time::SystemTime};

/// A handle to the stream of one run; clones share the stream.
#[derive(Clone)]
pub struct Telemetry {
    hub: Arc<Hub>,
}

impl Telemetry {
    /// A new, empty stream.
    pub fn new() -> Self {
        Self {
            hub: Arc::new(Hub::new()),
        }
    }

    /// Begins a piece of work and tells it. `name` is one line that a user understands.
    #[must_use = "a span that is dropped at once counts as cancelled"]
    pub fn span(&self, name: impl Into<String>, kind: SpanKind, parent: Option<SpanId>) -> Span {
        let id = self.next_span_id();
        if !self.hub.is_deaf() {
            self.emit(EventKind::SpanStarted {
                span: id,
                parent,
                name: name.into(),
                kind,
            });
        }
        Span {
            telemetry: self.clone(),
            id,
            open: true,
        }
    }

    /// An identity for a span whose events the caller emits itself.
    pub fn next_span_id(&self) -> SpanId {
        self.hub.next_span_id()
    }

    /// Tells what happens now. Output after the end of its span may be held back for good, so end spans last.
    pub fn emit(&self, kind: EventKind) {
        self.emit_at(SystemTime::now(), kind);
    }

    /// Tells what happened at `at`, for events that come with a time of their own.
    pub fn emit_at(&self, at: SystemTime, kind: EventKind) {
        self.hub.emit(at, kind);
    }

    /// A line for the user that belongs to no span.
    pub fn message(&self, level: Level, text: impl Into<String>) {
        self.emit(EventKind::Message {
            level,
            text: text.into(),
        });
    }

    /// Listens from now on. The first subscription also gets what was told before it, up to a bound of some thousand events.
    pub fn subscribe(&self) -> Subscription {
        Subscription::new(self.hub.subscribe())
    }

    /// Where secrets are made known, before anything that may print them runs.
    pub fn redactor(&self) -> &Redactor {
        &self.hub.redactor
    }
}

impl Default for Telemetry {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Telemetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telemetry").finish_non_exhaustive()
    }
}

/// A piece of work that is under way. Dropped without [`finish`](Self::finish) it counts as cancelled.
#[derive(Debug)]
pub struct Span {
    telemetry: Telemetry,
    id: SpanId,
    open: bool,
}

impl Span {
    /// Its identity, to be the parent of other spans.
    pub fn id(&self) -> SpanId {
        self.id
    }

    /// Begins a part of this work.
    #[must_use = "a span that is dropped at once counts as cancelled"]
    pub fn child(&self, name: impl Into<String>, kind: SpanKind) -> Span {
        self.telemetry.span(name, kind, Some(self.id))
    }

    /// Passes on a chunk of what the work prints; chunks need not be lines.
    pub fn output(&self, stream: Stream, data: &str) {
        if !self.telemetry.hub.is_deaf() {
            self.telemetry.emit(EventKind::Output {
                span: self.id,
                stream,
                data: data.to_owned(),
            });
        }
    }

    /// Tells how far it is, in `unit`s (`B` for bytes, `files`, …); `total` when known.
    pub fn progress(&self, current: u64, total: Option<u64>, unit: &str) {
        if !self.telemetry.hub.is_deaf() {
            self.telemetry.emit(EventKind::Progress {
                span: self.id,
                current,
                total,
                unit: unit.to_owned(),
            });
        }
    }

    /// Ends it.
    pub fn finish(mut self, outcome: Outcome) {
        self.end(outcome);
    }

    fn end(&mut self, outcome: Outcome) {
        self.open = false;
        self.telemetry.emit(EventKind::SpanEnded { span: self.id, outcome });
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        if self.open {
            self.end(Outcome::Cancelled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EventKind::*;

    fn drain(subscription: &mut Subscription) -> Vec<EventKind> {
        std::iter::from_fn(|| subscription.try_recv())
            .map(|event| event.kind.clone())
            .collect()
    }

    #[test]
    fn a_late_first_subscriber_gets_everything_and_a_second_one_what_follows() {
        let telemetry = Telemetry::new();
        let span = telemetry.span("load", SpanKind::Phase, None);
        let mut first = telemetry.subscribe();
        let mut second = telemetry.subscribe();
        span.finish(Outcome::Done);
        let ended = SpanEnded {
            span: SpanId(1),
            outcome: Outcome::Done,
        };
        let started = SpanStarted {
            span: SpanId(1),
            parent: None,
            name: "load".into(),
            kind: SpanKind::Phase,
        };
        assert_eq!(drain(&mut first), [started, ended.clone()]);
        assert_eq!(drain(&mut second), [ended]);
    }

    #[test]
    fn dropped_spans_are_cancelled_once() {
        let telemetry = Telemetry::new();
        let mut events = telemetry.subscribe();
        let parent = telemetry.span("parent", SpanKind::Function, None);
        let child = parent.child("child", SpanKind::Vertex);
        drop(child);
        parent.finish(Outcome::Cached);
        let ends: Vec<_> = drain(&mut events)
            .into_iter()
            .filter(|kind| matches!(kind, SpanEnded { .. }))
            .collect();
        assert_eq!(
            ends,
            [
                SpanEnded {
                    span: SpanId(2),
                    outcome: Outcome::Cancelled
                },
                SpanEnded {
                    span: SpanId(1),
                    outcome: Outcome::Cached
                }
            ]
        );
    }

    #[test]
    fn no_secret_in_any_event() {
        let telemetry = Telemetry::new();
        telemetry.redactor().add("hunter2");
        let span = telemetry.span("login hunter2", SpanKind::Vertex, None);
        let other = telemetry.span("other", SpanKind::Vertex, None);
        span.output(Stream::Stdout, "pass hun");
        other.output(Stream::Stdout, "ter2 is not split here\n");
        span.output(Stream::Stderr, "ter2\n");
        span.output(Stream::Stdout, "ter2 and hunte");
        span.progress(1, None, "hunter2");
        telemetry.message(Level::Warn, "hunter2!");
        span.finish(Outcome::Failed("bad: hunter2".into()));
        let events = drain(&mut telemetry.subscribe());
        let text: String = events.iter().map(|event| format!("{event:?}\n")).collect();
        assert!(!text.contains("hunter2"), "{text}");
        let shown: String = events
            .iter()
            .filter_map(|event| match event {
                Output {
                    span: SpanId(1),
                    stream: Stream::Stdout,
                    data,
                } => Some(data.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(shown, "pass *** and hunte");
        let last = events.last().cloned();
        assert!(matches!(last, Some(SpanEnded { outcome: Outcome::Failed(message), .. }) if message == "bad: ***"));
    }

    #[test]
    fn nothing_is_made_when_the_last_listener_left() {
        let telemetry = Telemetry::new();
        drop(telemetry.subscribe());
        telemetry.message(Level::Info, "notices that nobody is there");
        assert!(telemetry.hub.is_deaf());
        telemetry.message(Level::Info, "lost");
        let mut again = telemetry.subscribe();
        telemetry.message(Level::Info, "heard");
        assert_eq!(
            drain(&mut again),
            [Message {
                level: Level::Info,
                text: "heard".into()
            }]
        );
    }

    #[test]
    fn the_stream_ends_with_the_last_handle() {
        let telemetry = Telemetry::new();
        let mut events = telemetry.subscribe();
        let span = telemetry.span("load", SpanKind::Phase, None);
        drop(telemetry);
        drop(span);
        assert!(events.blocking_recv().is_some());
        assert!(events.blocking_recv().is_some());
        assert!(events.blocking_recv().is_none());
    }
}
