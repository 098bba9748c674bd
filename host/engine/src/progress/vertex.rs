//! One operation as the user sees it: a span that begins, prints, moves on and ends.

use super::tail::Tail;
use crate::llb::INTERNAL;
use crate::shim;
use bollard_buildkit_proto::moby::buildkit::v1::{Vertex, VertexStatus};
use dockwright_telemetry::{Outcome, Span, SpanId, SpanKind, Stream, Telemetry};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Sources report an end after they looked what they are, and go on when their content is needed: an end must stand this long.
const SETTLE: Duration = Duration::from_millis(100);

/// Seconds and nanoseconds of the engine's clock.
pub(super) type Time = (i64, i32);

/// An operation that the engine reported.
#[derive(Debug, Default)]
pub(super) struct Live {
    span: Option<Span>,
    name: String,
    /// When the engine last began it; reports of earlier beginnings are old news.
    started: Option<Time>,
    ended: bool,
    /// Why it failed the last time, in the engine's words.
    failure: Option<String>,
    pending: Option<(Outcome, Instant)>,
    stdout: Tail,
    stderr: Tail,
    transfers: BTreeMap<String, (u64, u64)>,
}

impl Live {
    pub(super) fn update(&mut self, vertex: &Vertex, parent: Option<SpanId>, telemetry: &Telemetry) {
        let Some(started) = vertex.started.as_ref().map(|t| (t.seconds, t.nanos)) else {
            return;
        };
        if self.started.is_none_or(|last| last < started) {
            self.started = Some(started);
            self.ended = false;
            self.failure = None;
            self.pending = None;
        } else if self.ended || self.pending.is_some() {
            return;
        }
        self.name.clone_from(&vertex.name);
        let internal = self.name.strip_prefix(INTERNAL);
        let outcome = vertex.completed.is_some().then(|| outcome(vertex));
        let failed = matches!(outcome, Some(Outcome::Failed(_)));
        self.failure = failed.then(|| vertex.error.clone());
        if self.span.is_none() && (internal.is_none() || failed) {
            self.span = Some(telemetry.span(internal.unwrap_or(&self.name), SpanKind::Vertex, parent));
        }
        match outcome {
            None => {}
            Some(outcome) if vertex.inputs.is_empty() && !failed => self.pending = Some((outcome, Instant::now())),
            Some(outcome) => self.end(outcome),
        }
    }

    pub(super) fn output(&mut self, stream: i64, bytes: &[u8]) {
        let (tail, stream) = match stream {
            2 => (&mut self.stderr, Stream::Stderr),
            _ => (&mut self.stdout, Stream::Stdout),
        };
        let text = tail.push(bytes);
        if let Some(span) = self.span.as_ref().filter(|_| !text.is_empty()) {
            span.output(stream, &text);
        }
    }

    /// Bytes of all transfers of the operation together.
    pub(super) fn transfer(&mut self, status: &VertexStatus) {
        let positive = |count: i64| u64::try_from(count).unwrap_or_default();
        let now = (positive(status.current), positive(status.total));
        if now == (0, 0) || self.transfers.insert(status.id.clone(), now) == Some(now) {
            return;
        }
        let (current, total) = self
            .transfers
            .values()
            .fold((0, 0), |(c, t), (current, total)| (c + current, t + total));
        if let Some(span) = &self.span {
            span.progress(current, (total >= current && total > 0).then_some(total), "B");
        }
    }

    /// Ends it if its end has stood long enough, or in any case.
    pub(super) fn settle(&mut self, at_once: bool) {
        if self
            .pending
            .as_ref()
            .is_some_and(|(_, since)| at_once || since.elapsed() >= SETTLE)
            && let Some((outcome, _)) = self.pending.take()
        {
            self.end(outcome);
        }
    }

    pub(super) fn has_begun(&self) -> bool {
        self.started.is_some()
    }

    /// Whether it has ended, as far as is known now.
    pub(super) fn is_over(&self) -> bool {
        self.ended || self.pending.is_some()
    }

    /// Its name as the graph has it.
    pub(super) fn full_name(&self) -> &str {
        &self.name
    }

    /// When it began and why it failed, if it did.
    pub(super) fn failure(&self) -> Option<(Time, &str)> {
        Some((self.started?, self.failure.as_deref()?))
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// What users know it by.
    pub(super) fn name(&self) -> &str {
        self.name.strip_prefix(INTERNAL).unwrap_or(&self.name)
    }

    /// The end of what it printed to stdout and stderr.
    pub(super) fn kept(&self) -> (Vec<u8>, Vec<u8>) {
        (self.stdout.kept(), self.stderr.kept())
    }

    fn end(&mut self, outcome: Outcome) {
        self.ended = true;
        if let Some(span) = self.span.take() {
            span.finish(outcome);
        }
    }
}

fn outcome(vertex: &Vertex) -> Outcome {
    match vertex.error.as_str() {
        "" if vertex.cached => Outcome::Cached,
        "" => Outcome::Done,
        error if error.contains("context canceled") => Outcome::Cancelled,
        error => Outcome::Failed(shim::without_shim(error)),
    }
}
