//! A live tree at the bottom of the terminal; when the run is over a summary takes its place.
//!
//! [`tree`] decides what the lines are, [`region`] keeps them in place. A run that is over before anything could be read leaves
//! no trace.

mod panics;
mod region;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod tests;
mod tree;

use super::{Frontend, Printer, message};
use crate::{model::Model, scope::Scope, summary};
use dockwright_telemetry::Event;
use ratatui::text::Line;
use region::Region;
use std::{
    io,
    time::{Duration, SystemTime},
};

/// A run must last this long before the tree appears.
const PATIENCE: Duration = Duration::from_millis(200);

/// What the view asks the world around it.
pub(crate) struct Outside {
    /// Columns and rows of the terminal.
    size: fn() -> (u16, u16),
    /// How many panics there were.
    panics: fn() -> u64,
}

impl Outside {
    /// The terminal and the panics of this process.
    pub(crate) fn real() -> Self {
        panics::watch();
        Self {
            size: terminal_size,
            panics: panics::seen,
        }
    }
}

pub(crate) struct Tty {
    region: Region,
    scope: Scope,
    model: Model,
    outside: Outside,
    /// Lines that go above the tree for good, with the next drawing.
    above: Vec<Line<'static>>,
    appeared: bool,
}

impl Tty {
    pub(crate) fn new(printer: Printer, scope: Scope, outside: Outside) -> Self {
        Self {
            region: Region::new(printer, outside.panics),
            scope,
            model: Model::default(),
            outside,
            above: Vec::new(),
            appeared: false,
        }
    }

    /// The last column stays free: after writing to it terminals disagree about where the cursor is.
    fn columns(&self) -> usize {
        usize::from((self.outside.size)().0.max(20)) - 1
    }
}

impl Frontend for Tty {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let change = self.model.apply(event);
        self.above.extend(message(&change, &self.scope));
        Ok(())
    }

    fn tick(&mut self, now: SystemTime) -> io::Result<()> {
        self.appeared |= self.model.elapsed_at(now) >= PATIENCE && self.model.nodes().any(|node| node.is_running());
        let columns = self.columns();
        let tree = if self.appeared {
            let rows = usize::from((self.outside.size)().1).saturating_sub(2).max(3);
            tree::lines(&self.model, &self.scope, now, columns, rows)
        } else {
            Vec::new()
        };
        self.region.draw(&std::mem::take(&mut self.above), &tree, columns)
    }

    fn pause(&mut self) -> io::Result<()> {
        let columns = self.columns();
        self.region.draw(&std::mem::take(&mut self.above), &[], columns)
    }

    fn finish(&mut self) -> io::Result<()> {
        let columns = self.columns();
        let mut lines = std::mem::take(&mut self.above);
        let failed = !self.model.failures().is_empty();
        if self.appeared || failed || !self.scope.is_terse() {
            lines.extend(summary::lines(&self.model, &self.scope, columns));
        }
        self.region.draw(&lines, &[], columns)
    }
}

/// The size of the terminal of this process, or the classic one if it can't be told.
fn terminal_size() -> (u16, u16) {
    match ratatui::crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => (80, 24),
    }
}
