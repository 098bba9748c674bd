//! One character for each step or function that ended: `.` done, `-` cached, `F` failed, `x` cancelled.

use super::{Frontend, Printer, message};
use crate::{
    model::{Change, Model, Node, State},
    paint,
    scope::Scope,
    summary,
};
use dockwright_telemetry::{Event, SpanKind};
use ratatui::text::{Line, Span};
use std::io;

const PER_LINE: usize = 72;

pub(crate) struct Dots {
    printer: Printer,
    scope: Scope,
    model: Model,
    column: usize,
}

impl Dots {
    pub(crate) fn new(printer: Printer, scope: Scope) -> Self {
        Self {
            printer,
            scope,
            model: Model::default(),
            column: 0,
        }
    }

    fn dot(&mut self, dot: Span<'static>) -> io::Result<()> {
        let mut text = paint::encode(&Line::from(dot), self.printer.color);
        self.column += 1;
        if self.column == PER_LINE {
            text.push('\n');
            self.column = 0;
        }
        self.printer.raw(&text)
    }

    fn end_line(&mut self) -> io::Result<()> {
        match std::mem::take(&mut self.column) {
            0 => Ok(()),
            _ => self.printer.raw("\n"),
        }
    }
}

impl Frontend for Dots {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let change = self.model.apply(event);
        let lines = message(&change, &self.scope);
        if !lines.is_empty() {
            self.end_line()?;
            self.printer.lines(&lines)?;
        }
        let Change::Ended(span, _) = change else {
            return Ok(());
        };
        match self.model.node(span).and_then(dot_for) {
            Some(dot) => self.dot(dot),
            None => Ok(()),
        }
    }

    fn pause(&mut self) -> io::Result<()> {
        self.end_line()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.end_line()?;
        let mut lines = vec![summary::tally(&self.model)];
        lines.extend(summary::failures(&self.model, &self.scope, usize::MAX));
        self.printer.lines(&lines)
    }
}

fn dot_for(node: &Node) -> Option<Span<'static>> {
    if !node.is_step() && node.kind != SpanKind::Function {
        return None;
    }
    match node.state {
        State::Running => None,
        State::Done => Some(paint::good(".")),
        State::Cached => Some(paint::cached("-")),
        State::Failed(_) => Some(paint::bad("F")),
        State::Cancelled => Some(paint::warning("x")),
    }
}
