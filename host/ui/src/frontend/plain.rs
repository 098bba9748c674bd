//! Lines that are only ever added, for CI logs and files.
//!
//! Every span gets a number when it is first mentioned. One that ends at once has a single line, any other has one at its start
//! and one at its end; what it prints stands between them. What failed is repeated at the very end.

use super::{Frontend, Printer, message};
use crate::{
    format,
    model::{Change, Model, Node, State},
    paint, row,
    row::Row,
    scope::Scope,
    summary,
};
use dockwright_telemetry::{Event, SpanId, SpanKind};
use ratatui::text::{Line, Span};
use std::{
    collections::HashMap,
    io,
    time::{Duration, SystemTime},
};

/// How often a long transfer says how far it is.
const MILESTONE: Duration = Duration::from_secs(10);

pub(crate) struct Plain {
    printer: Printer,
    scope: Scope,
    model: Model,
    /// Begun, not mentioned yet.
    waiting: Vec<SpanId>,
    numbers: HashMap<SpanId, usize>,
    milestones: HashMap<SpanId, SystemTime>,
}

impl Plain {
    pub(crate) fn new(printer: Printer, scope: Scope) -> Self {
        Self {
            printer,
            scope,
            model: Model::default(),
            waiting: Vec::new(),
            numbers: HashMap::new(),
            milestones: HashMap::new(),
        }
    }

    /// Announces the spans that have been running for long enough.
    fn announce_late(&mut self, now: SystemTime) -> Vec<Line<'static>> {
        let late = |span: &SpanId| {
            self.model
                .node(*span)
                .is_some_and(|node| node.duration_at(now) >= format::BRIEF)
        };
        let late: Vec<SpanId> = self.waiting.iter().copied().filter(late).collect();
        let mut lines = Vec::new();
        for span in late {
            self.announce(span, &mut lines);
        }
        lines
    }

    /// Writes the start of a span that has none yet, after those of its ancestors.
    fn announce(&mut self, span: SpanId, lines: &mut Vec<Line<'static>>) {
        let ancestry: Vec<SpanId> = self.model.ancestry(span).map(|node| node.id).collect();
        for span in ancestry.into_iter().rev() {
            let Some(place) = self.waiting.iter().position(|waiting| *waiting == span) else {
                continue;
            };
            self.waiting.remove(place);
            let number = self.number(span);
            if let Some(node) = self.model.node(span) {
                let path = self.scope.path(&self.model, node);
                lines.push(Line::from(vec![
                    number,
                    paint::active("▸"),
                    paint::plain(format!(" {path}")),
                ]));
            }
        }
    }

    fn printed(&mut self, span: SpanId, printed: &[String], lines: &mut Vec<Line<'static>>) {
        if printed.is_empty() || !self.shows(span) {
            return;
        }
        self.announce(span, lines);
        let number = self.number(span);
        lines.extend(
            printed
                .iter()
                .map(|line| summary::printed_line(&number.content, line.clone())),
        );
    }

    fn ended(&mut self, span: SpanId, lines: &mut Vec<Line<'static>>) {
        let Some(parent) = self.model.node(span).map(|node| node.parent) else {
            return;
        };
        let place = self.waiting.iter().position(|waiting| *waiting == span);
        if let Some(place) = place {
            self.waiting.remove(place);
            if self.model.node(span).is_some_and(|node| self.is_trifle(node)) {
                return;
            }
            if let Some(parent) = parent {
                self.announce(parent, lines);
            }
        }
        let number = self.number(span);
        if let Some(node) = self.model.node(span) {
            let row = Row::of(node, 0, None);
            let path = self.scope.path(&self.model, node);
            let mut spans = vec![number, row::mark(&node.state, None)];
            spans.push(paint::plain(format!(" {path}")));
            for fact in row.facts {
                spans.extend([paint::plain("  "), fact]);
            }
            lines.push(Line::from(spans));
        }
    }

    fn moved(&mut self, at: SystemTime, span: SpanId, lines: &mut Vec<Line<'static>>) {
        let Some(node) = self.model.node(span) else {
            return;
        };
        let last = self.milestones.get(&span).copied().unwrap_or(node.started);
        let due = at.duration_since(last).is_ok_and(|since| since >= MILESTONE);
        let Some(moved) = node.moved.as_ref().filter(|_| due) else {
            return;
        };
        let mut text = format::moved(moved);
        if let Some(percent) = format::percent(moved) {
            text = format!("{percent}%, {text}");
        }
        self.milestones.insert(span, at);
        self.printed(span, &[text], lines);
    }

    /// A phase of the host that took no time is not worth a line.
    fn is_trifle(&self, node: &Node) -> bool {
        self.scope.is_terse()
            && node.kind == SpanKind::Phase
            && node.state == State::Done
            && node.duration() < format::BRIEF
    }

    fn shows(&self, span: SpanId) -> bool {
        self.model
            .node(span)
            .is_some_and(|node| self.scope.shows(&self.model, node))
    }

    fn number(&mut self, span: SpanId) -> Span<'static> {
        let next = self.numbers.len() + 1;
        let number = self.numbers.entry(span).or_insert(next);
        paint::dim(format!("#{number} "))
    }
}

impl Frontend for Plain {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let mut lines = self.announce_late(event.at);
        let change = self.model.apply(event);
        lines.extend(message(&change, &self.scope));
        match change {
            Change::Started(span) if self.shows(span) => self.waiting.push(span),
            Change::Printed(span, printed) => self.printed(span, &printed, &mut lines),
            Change::Moved(span) if self.shows(span) => self.moved(event.at, span, &mut lines),
            Change::Ended(span, printed) if self.shows(span) => {
                self.printed(span, &printed, &mut lines);
                self.ended(span, &mut lines);
            }
            _ => {}
        }
        match lines.is_empty() {
            true => Ok(()),
            false => self.printer.lines(&lines),
        }
    }

    fn tick(&mut self, now: SystemTime) -> io::Result<()> {
        let lines = self.announce_late(now);
        match lines.is_empty() {
            true => Ok(()),
            false => self.printer.lines(&lines),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        if !summary::is_notable(&self.model, &self.scope) {
            return Ok(());
        }
        let mut lines = vec![summary::tally(&self.model)];
        lines.extend(summary::failures(&self.model, &self.scope, usize::MAX));
        self.printer.lines(&lines)
    }
}
