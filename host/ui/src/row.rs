//! One span as one line, the same in every view: mark, name, how long, how it went.

use crate::{
    format,
    model::{Node, State},
    paint, text,
};
use ratatui::text::{Line, Span};
use std::time::SystemTime;

const SPINNER: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/// With less room than this the name of what goes on inside says nothing.
const MIN_INSIDE: usize = 8;

/// The parts of a line about a span.
pub(crate) struct Row {
    /// How far to the right, in levels.
    pub(crate) level: usize,
    pub(crate) mark: Span<'static>,
    pub(crate) name: String,
    /// What follows the name and must stay readable.
    pub(crate) facts: Vec<Span<'static>>,
    /// The name of what goes on inside, shown as far as there is room.
    pub(crate) inside: Option<String>,
}

impl Row {
    /// A span; `now` makes its spinner turn and its duration grow, `None` is for a run that is over.
    pub(crate) fn of(node: &Node, level: usize, now: Option<SystemTime>) -> Self {
        let duration = node.duration_at(now.unwrap_or(node.started));
        let mut facts = Vec::new();
        if duration >= format::BRIEF {
            facts.push(paint::dim(format::duration(duration)));
        }
        if let Some(moved) = &node.moved {
            if node.is_running() {
                facts.extend(format::percent(moved).map(bar));
            }
            facts.push(paint::dim(format::moved(moved)));
        }
        facts.extend(verdict(&node.state, now.is_some()));
        Self {
            level,
            mark: mark(&node.state, now),
            name: node.name.clone(),
            facts,
            inside: None,
        }
    }

    /// At most `columns` wide as long as mark and facts fit; only the name is shortened.
    pub(crate) fn line(self, columns: usize) -> Line<'static> {
        let indent = "  ".repeat(self.level);
        let facts: usize = self.facts.iter().map(|fact| fact.width() + 2).sum();
        let taken = indent.len() + self.mark.width() + 1 + facts;
        let name = text::shorten(&self.name, columns.saturating_sub(taken).max(8));
        let mut spans = vec![paint::plain(indent), self.mark, paint::plain(format!(" {name}"))];
        for fact in self.facts {
            spans.extend([paint::plain("  "), fact]);
        }
        let mut line = Line::from(spans);
        let room = columns.saturating_sub(line.width() + 4);
        if let Some(inside) = self.inside.filter(|_| room >= MIN_INSIDE) {
            let inside = text::shorten(&inside, room);
            line.push_span(paint::dim(format!("  › {inside}")));
        }
        line
    }
}

/// The sign of a state; `now` turns the spinner.
pub(crate) fn mark(state: &State, now: Option<SystemTime>) -> Span<'static> {
    match (state, now) {
        (State::Running, Some(now)) => spinner(now),
        (State::Running, None) | (State::Cancelled, _) => paint::warning("–"),
        (State::Done, _) => paint::good("✔"),
        (State::Cached, _) => paint::cached("✔"),
        (State::Failed(_), _) => paint::bad("✘"),
    }
}

pub(crate) fn spinner(now: SystemTime) -> Span<'static> {
    let since = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let turn = since.as_millis() / 100 % 10;
    let frame = usize::try_from(turn).ok().and_then(|turn| SPINNER.get(turn));
    paint::active(frame.copied().unwrap_or("⠋"))
}

/// A line that a step printed.
pub(crate) fn printed(level: usize, line: &str, columns: usize) -> Line<'static> {
    let indent = "  ".repeat(level);
    let room = columns.saturating_sub(indent.len() + 2);
    Line::from(vec![
        paint::dim(format!("{indent}│ ")),
        paint::dim(text::shorten(line, room)),
    ])
}

fn verdict(state: &State, live: bool) -> Option<Span<'static>> {
    match state {
        State::Running if live => None,
        State::Running => Some(paint::warning("UNFINISHED")),
        State::Done => None,
        State::Cached => Some(paint::cached("CACHED")),
        State::Failed(_) => Some(paint::bad("ERROR")),
        State::Cancelled => Some(paint::warning("CANCELLED")),
    }
}

fn bar(percent: u64) -> Span<'static> {
    let full = usize::try_from(percent / 10).unwrap_or(10).min(10);
    paint::active(format!("{}{}", "━".repeat(full), "┄".repeat(10 - full)))
}
