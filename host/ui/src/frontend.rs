//! The views. Each consumes events and writes; none keeps a clock: times come from events and from `tick`.

mod dots;
mod json;
mod logs;
mod plain;
mod report;
#[cfg(test)]
mod tests;
mod tty;

use crate::{model::Change, paint, progress::Progress, scope::Scope};
use dockwright_telemetry::{Event, Level};
use ratatui::text::Line;
use std::{
    io::{self, Write},
    time::SystemTime,
};

/// Where a view writes: the user's stderr.
pub(crate) type Output = Box<dyn Write + Send>;

/// A view under way.
pub(crate) trait Frontend: Send {
    /// Takes an event into account.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// Time has passed; called some ten times a second.
    fn tick(&mut self, _now: SystemTime) -> io::Result<()> {
        Ok(())
    }

    /// Leaves the terminal to somebody else until the next call.
    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Writes what is left to say.
    fn finish(&mut self) -> io::Result<()>;
}

/// The view that was asked for; `None` for a user who wants to see nothing.
pub(crate) fn new(progress: Progress, verbosity: i8, out: Output, color: bool) -> Option<Box<dyn Frontend>> {
    let scope = Scope::new(verbosity);
    let printer = Printer { out, color };
    Some(match progress {
        Progress::Tty => Box::new(tty::Tty::new(printer, scope, tty::Outside::real())),
        Progress::Auto | Progress::Plain => Box::new(plain::Plain::new(printer, scope)),
        Progress::Dots => Box::new(dots::Dots::new(printer, scope)),
        Progress::Logs => Box::new(logs::Logs::new(printer, scope)),
        Progress::Report => Box::new(report::Report::new(printer, scope)),
        Progress::Json => Box::new(json::Json::new(printer)),
        Progress::None => return None,
    })
}

/// Writes styled lines, each batch in one call.
pub(crate) struct Printer {
    pub(crate) out: Output,
    pub(crate) color: bool,
}

impl Printer {
    pub(crate) fn lines(&mut self, lines: &[Line<'_>]) -> io::Result<()> {
        let text: String = lines
            .iter()
            .map(|line| paint::encode(line, self.color) + "\n")
            .collect();
        self.raw(&text)
    }

    pub(crate) fn raw(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

/// The lines of a message, if `change` is one that `scope` shows.
pub(crate) fn message(change: &Change, scope: &Scope) -> Vec<Line<'static>> {
    let Change::Message(level, text) = change else {
        return Vec::new();
    };
    if !scope.shows_message(*level) {
        return Vec::new();
    }
    let label = match level {
        Level::Debug => Some(paint::dim("debug: ")),
        Level::Info => None,
        Level::Warn => Some(paint::warning("warning: ")),
        Level::Error => Some(paint::bad("error: ")),
    };
    let mut lines: Vec<Line<'static>> = text
        .lines()
        .map(|line| Line::from(paint::plain(crate::text::clean(line))))
        .collect();
    if let (Some(label), Some(first)) = (label, lines.first_mut()) {
        first.spans.insert(0, label);
    }
    lines
}
