//! What functions and steps print, each line after the name of its step, and nothing else but messages and failures.

use super::{Frontend, Printer, message};
use crate::{
    model::{Change, Model, State},
    paint,
    scope::Scope,
    text,
};
use dockwright_telemetry::{Event, SpanId};
use ratatui::text::Line;
use std::io;

/// Names are cut here, so that the lines themselves are in sight.
const NAME_COLUMNS: usize = 32;

pub(crate) struct Logs {
    printer: Printer,
    scope: Scope,
    model: Model,
}

impl Logs {
    pub(crate) fn new(printer: Printer, scope: Scope) -> Self {
        Self {
            printer,
            scope,
            model: Model::default(),
        }
    }

    fn printed(&self, span: SpanId, printed: Vec<String>) -> Vec<Line<'static>> {
        let Some(node) = self.model.node(span) else {
            return Vec::new();
        };
        let name = text::shorten(&node.name, NAME_COLUMNS);
        let prefixed = |line| Line::from(vec![paint::dim(format!("{name} │ ")), paint::plain(line)]);
        printed.into_iter().map(prefixed).collect()
    }
}

impl Frontend for Logs {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let change = self.model.apply(event);
        let mut lines = message(&change, &self.scope);
        if let Change::Printed(span, printed) | Change::Ended(span, printed) = change {
            lines.extend(self.printed(span, printed));
        }
        match lines.is_empty() {
            true => Ok(()),
            false => self.printer.lines(&lines),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        let mut lines = Vec::new();
        for node in self.model.failures() {
            let State::Failed(message) = &node.state else {
                continue;
            };
            let path = self.scope.path(&self.model, node);
            lines.push(Line::from(vec![paint::bad("✘"), paint::plain(format!(" {path}"))]));
            let message = message.lines().map(|line| Line::from(paint::bad(format!("  {line}"))));
            lines.extend(message);
        }
        self.printer.lines(&lines)
    }
}
