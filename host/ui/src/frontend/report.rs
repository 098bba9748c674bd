//! Nothing while the run lasts, a summary when it is over. Messages for the user come as they come.

use super::{Frontend, Printer, message};
use crate::{model::Model, scope::Scope, summary};
use dockwright_telemetry::Event;
use std::io;

pub(crate) struct Report {
    printer: Printer,
    scope: Scope,
    model: Model,
}

impl Report {
    pub(crate) fn new(printer: Printer, scope: Scope) -> Self {
        Self {
            printer,
            scope,
            model: Model::default(),
        }
    }
}

impl Frontend for Report {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let change = self.model.apply(event);
        let lines = message(&change, &self.scope);
        match lines.is_empty() {
            true => Ok(()),
            false => self.printer.lines(&lines),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        let lines = summary::lines(&self.model, &self.scope, usize::MAX);
        self.printer.lines(&lines)
    }
}
