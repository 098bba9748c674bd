//! Each event as a line of JSON, as [`dockwright_telemetry::sink::json`] defines it, whatever the verbosity.

use super::{Frontend, Printer};
use dockwright_telemetry::{Event, sink::json};
use std::io::{self, Write as _};

pub(crate) struct Json {
    printer: Printer,
}

impl Json {
    pub(crate) fn new(printer: Printer) -> Self {
        Self { printer }
    }
}

impl Frontend for Json {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        json::write_line(&mut self.printer.out, event)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.printer.out.flush()
    }
}
