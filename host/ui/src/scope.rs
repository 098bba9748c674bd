//! How much of a run to show: which kinds of spans, how deep, which messages.
//!
//! A span whose kind is not shown vanishes from the tree, its children take its place. A span that is only too deep is folded
//! into its ancestor. Failures are shown wherever they are; that is the summary's business.

use crate::model::{Model, Node};
use dockwright_telemetry::{Level, SpanId, SpanKind};

/// What a verbosity shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    depth: usize,
    api: bool,
    internal: bool,
    level: Level,
    terse: bool,
}

impl Scope {
    /// The scope of a verbosity: `-q` counts -1, each `-v` counts 1.
    ///
    /// 0: two levels, without API fields and plumbing; -1: one level, only warnings; 1: all levels; 2: API fields too;
    /// 3: everything.
    pub fn new(verbosity: i8) -> Self {
        Self {
            depth: match verbosity {
                ..=-1 => 1,
                0 => 2,
                1.. => usize::MAX,
            },
            api: verbosity >= 2,
            internal: verbosity >= 3,
            level: match verbosity {
                ..=-2 => Level::Error,
                -1 => Level::Warn,
                0..=2 => Level::Info,
                3.. => Level::Debug,
            },
            terse: verbosity <= 0,
        }
    }

    /// Whether short and uninteresting things are left out.
    pub fn is_terse(&self) -> bool {
        self.terse
    }

    /// How many levels of spans there are to see.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Whether to show a message.
    pub fn shows_message(&self, level: Level) -> bool {
        level >= self.level
    }

    /// Whether to show spans like this, were they not too deep.
    pub fn shows_kind(&self, node: &Node) -> bool {
        if node.is_internal() {
            return self.internal;
        }
        node.kind != SpanKind::Api || self.api
    }

    /// Whether to show this very span.
    pub fn shows(&self, model: &Model, node: &Node) -> bool {
        let level = model
            .ancestry(node.id)
            .filter(|ancestor| self.shows_kind(ancestor))
            .take(self.depth.saturating_add(1))
            .count();
        self.shows_kind(node) && level <= self.depth
    }

    /// The top of the tree.
    pub fn roots<'m>(&self, model: &'m Model) -> Vec<&'m Node> {
        self.visible(model, model.roots())
    }

    /// The children of `node` in the tree as shown, whatever the depth.
    pub fn children<'m>(&self, model: &'m Model, node: &Node) -> Vec<&'m Node> {
        self.visible(model, &node.children)
    }

    /// The name of `node` with the functions that led to it: `ci › test › pytest`.
    pub fn path(&self, model: &Model, node: &Node) -> String {
        let mut names: Vec<&str> = model
            .ancestry(node.id)
            .filter(|part| part.id == node.id || part.kind == SpanKind::Function)
            .map(|part| part.name.as_str())
            .collect();
        names.reverse();
        names.join(" › ")
    }

    fn visible<'m>(&self, model: &'m Model, spans: &[SpanId]) -> Vec<&'m Node> {
        let mut found = Vec::new();
        for node in spans.iter().filter_map(|span| model.node(*span)) {
            if self.shows_kind(node) {
                found.push(node);
            } else {
                found.extend(self.visible(model, &node.children));
            }
        }
        found
    }
}
