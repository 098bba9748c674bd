//! One span as it is known so far.

use super::lines::{Lines, Tail};
use dockwright_telemetry::{SpanId, SpanKind, Stream};
use std::time::{Duration, SystemTime};

/// A span and what it did.
#[derive(Debug)]
pub struct Node {
    /// Its identity.
    pub id: SpanId,
    /// The span it is part of, if that is known.
    pub parent: Option<SpanId>,
    /// Its parts, in order of beginning.
    pub children: Vec<SpanId>,
    /// One line, without control characters.
    pub name: String,
    /// What kind of work.
    pub kind: SpanKind,
    /// When it began.
    pub started: SystemTime,
    /// When it ended, if it did.
    pub ended: Option<SystemTime>,
    /// How it is doing.
    pub state: State,
    /// How far it is, if it tells.
    pub moved: Option<Moved>,
    /// When it last printed.
    pub printed: Option<SystemTime>,
    tail: Tail,
    stdout: Lines,
    stderr: Lines,
}

/// How a span is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Under way.
    Running,
    /// Did what it should.
    Done,
    /// Its result was there already.
    Cached,
    /// Failed, with the message (may have several lines).
    Failed(String),
    /// Nobody wanted the result any more.
    Cancelled,
}

/// How far a span is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// In `unit`s.
    pub current: u64,
    /// The end, when known.
    pub total: Option<u64>,
    /// `B` for bytes, `files`, ….
    pub unit: String,
}

impl Node {
    pub(super) fn new(id: SpanId, parent: Option<SpanId>, name: String, kind: SpanKind, started: SystemTime) -> Self {
        Self {
            id,
            parent,
            children: Vec::new(),
            name,
            kind,
            started,
            ended: None,
            state: State::Running,
            moved: None,
            printed: None,
            tail: Tail::default(),
            stdout: Lines::default(),
            stderr: Lines::default(),
        }
    }

    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        self.state == State::Running
    }

    /// Whether it failed.
    pub fn is_failed(&self) -> bool {
        matches!(self.state, State::Failed(_))
    }

    /// Whether it is plumbing: marked so, or a vertex that BuildKit itself added.
    pub fn is_internal(&self) -> bool {
        self.kind == SpanKind::Internal || self.kind == SpanKind::Vertex && self.name.starts_with("[internal]")
    }

    /// Whether the engine does it and users count it.
    pub fn is_step(&self) -> bool {
        matches!(self.kind, SpanKind::Vertex | SpanKind::Transfer) && !self.is_internal()
    }

    /// How long it took, or has taken at `now`.
    pub fn duration_at(&self, now: SystemTime) -> Duration {
        let end = self.ended.unwrap_or(now);
        end.duration_since(self.started).unwrap_or_default()
    }

    /// How long it took; zero while it runs.
    pub fn duration(&self) -> Duration {
        self.duration_at(self.started)
    }

    /// The last `count` lines it printed, a line that is not complete yet included.
    pub fn last_lines(&self, count: usize) -> Vec<String> {
        let open = [&self.stdout, &self.stderr].map(Lines::open_line);
        let open: Vec<String> = open.into_iter().flatten().collect();
        let complete = count.saturating_sub(open.len());
        let mut lines: Vec<String> = self.tail.last(complete).map(str::to_owned).collect();
        lines.extend(open.into_iter().take(count));
        lines
    }

    /// How many complete lines it printed in all, kept or not.
    pub fn line_count(&self) -> usize {
        self.tail.total()
    }

    pub(super) fn print(&mut self, at: SystemTime, stream: Stream, data: &str) -> Vec<String> {
        self.printed = Some(at);
        let lines = match stream {
            Stream::Stdout => self.stdout.push(data),
            Stream::Stderr => self.stderr.push(data),
        };
        self.tail.extend(&lines);
        lines
    }

    pub(super) fn end(&mut self, at: SystemTime, state: State) -> Vec<String> {
        self.ended = Some(at);
        self.state = state;
        let lines: Vec<String> = [&mut self.stdout, &mut self.stderr]
            .into_iter()
            .filter_map(Lines::finish)
            .collect();
        self.tail.extend(&lines);
        lines
    }
}
