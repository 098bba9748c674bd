//! The state of a run, computed from its events and nothing else.
//!
//! [`Model::apply`] is a pure reducer: no clock, no terminal, so a recorded run gives the same picture each time. Events about
//! spans that it has not seen begin are ignored (the beginning of a long stream may be missing), and so is a second beginning or end.

mod lines;
mod node;

pub use node::{Moved, Node, State};

use crate::text;
use dockwright_telemetry::{Event, EventKind, Level, Outcome, SpanId, SpanKind};
use std::{
    collections::HashMap,
    time::{Duration, SystemTime},
};

/// All spans of a run as a tree.
#[derive(Debug, Default)]
pub struct Model {
    nodes: HashMap<SpanId, Node>,
    /// In order of beginning.
    order: Vec<SpanId>,
    roots: Vec<SpanId>,
    began: Option<SystemTime>,
    latest: Option<SystemTime>,
}

/// What an event changed, for frontends that only add lines.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing that shows.
    Nothing,
    /// A span began.
    Started(SpanId),
    /// A span printed these complete lines.
    Printed(SpanId, Vec<String>),
    /// A span moved on.
    Moved(SpanId),
    /// A span ended; these lines, which lacked a newline, are its last.
    Ended(SpanId, Vec<String>),
    /// A line for the user.
    Message(Level, String),
}

/// How many steps there are, and in which state. A step is work that the engine does: a vertex or a transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub steps: usize,
    /// Not ended yet.
    pub running: usize,
    /// Had their result already.
    pub cached: usize,
    /// Ended with an error.
    pub failed: usize,
    /// Ended because nobody wanted them.
    pub cancelled: usize,
}

impl Model {
    /// Takes one event into account.
    pub fn apply(&mut self, event: &Event) -> Change {
        self.began.get_or_insert(event.at);
        self.latest = self.latest.max(Some(event.at));
        match &event.kind {
            EventKind::SpanStarted {
                span,
                parent,
                name,
                kind,
            } if !self.nodes.contains_key(span) => {
                self.start(event.at, *span, *parent, name, *kind);
                Change::Started(*span)
            }
            EventKind::SpanStarted { .. } => Change::Nothing,
            EventKind::SpanEnded { span, outcome } => match self.nodes.get_mut(span) {
                Some(node) if node.is_running() => {
                    let lines = node.end(event.at, state_after(outcome));
                    Change::Ended(*span, lines)
                }
                _ => Change::Nothing,
            },
            EventKind::Output { span, stream, data } => match self.nodes.get_mut(span) {
                Some(node) => Change::Printed(*span, node.print(event.at, *stream, data)),
                None => Change::Nothing,
            },
            EventKind::Progress {
                span,
                current,
                total,
                unit,
            } => match self.nodes.get_mut(span) {
                Some(node) => {
                    node.moved = Some(Moved {
                        current: *current,
                        total: *total,
                        unit: text::one_line(unit),
                    });
                    Change::Moved(*span)
                }
                None => Change::Nothing,
            },
            EventKind::Message { level, text } => Change::Message(*level, text.clone()),
        }
    }

    /// The span with this identity.
    pub fn node(&self, span: SpanId) -> Option<&Node> {
        self.nodes.get(&span)
    }

    /// Spans without a (known) parent, in order of beginning.
    pub fn roots(&self) -> &[SpanId] {
        &self.roots
    }

    /// All spans in order of beginning.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.order.iter().filter_map(|span| self.nodes.get(span))
    }

    /// The span, its parent, and so on up to a root.
    pub fn ancestry(&self, span: SpanId) -> impl Iterator<Item = &Node> {
        std::iter::successors(self.node(span), |node| self.node(node.parent?))
    }

    /// From the first event to the latest.
    pub fn elapsed(&self) -> Duration {
        self.began
            .map(|began| self.elapsed_at(self.latest.unwrap_or(began)))
            .unwrap_or_default()
    }

    /// From the first event to `now`; zero if there was none.
    pub fn elapsed_at(&self, now: SystemTime) -> Duration {
        self.began
            .and_then(|began| now.duration_since(began).ok())
            .unwrap_or_default()
    }

    /// Counts steps, internal ones not included.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for node in self.nodes().filter(|node| node.is_step()) {
            tally.steps += 1;
            match node.state {
                State::Running => tally.running += 1,
                State::Done => {}
                State::Cached => tally.cached += 1,
                State::Failed(_) => tally.failed += 1,
                State::Cancelled => tally.cancelled += 1,
            }
        }
        tally
    }

    /// Where the run failed, in order of time: failed spans that are not explained by a failed child, and whose failure no ancestor
    /// recovered from.
    pub fn failures(&self) -> Vec<&Node> {
        let failed = |span: &SpanId| self.node(*span).is_some_and(Node::is_failed);
        let mut causes: Vec<&Node> = self
            .nodes()
            .filter(|node| node.is_failed() && !node.children.iter().any(failed))
            .filter(|node| {
                self.ancestry(node.id)
                    .all(|ancestor| ancestor.is_failed() || ancestor.ended.is_none())
            })
            .collect();
        causes.sort_by_key(|node| node.ended);
        causes
    }

    fn start(&mut self, at: SystemTime, span: SpanId, parent: Option<SpanId>, name: &str, kind: SpanKind) {
        let parent = parent.filter(|parent| self.nodes.contains_key(parent));
        let node = Node::new(span, parent, text::one_line(name), kind, at);
        self.nodes.insert(span, node);
        self.order.push(span);
        match parent.and_then(|parent| self.nodes.get_mut(&parent)) {
            Some(parent) => parent.children.push(span),
            None => self.roots.push(span),
        }
    }
}

fn state_after(outcome: &Outcome) -> State {
    match outcome {
        Outcome::Done => State::Done,
        Outcome::Cached => State::Cached,
        Outcome::Failed(message) => State::Failed(message.lines().map(text::clean).collect::<Vec<_>>().join("\n")),
        Outcome::Cancelled => State::Cancelled,
    }
}

#[cfg(test)]
mod tests;
