//! Keeps a few lines in place at the end of a terminal's output, and lets others scroll away above them.
//!
//! ratatui's own inline viewport asks the terminal where its cursor is, by writing to stdout and reading from stdin; both may be
//! somebody else's (`dockwright call … | jq`). This one only moves relative to its own last line. It sets no mode of the terminal
//! and hides nothing, the cursor rests on an empty line below: however the process ends, there is nothing to restore.

use super::super::Printer;
use crate::{paint, text};
use ratatui::text::{Line, Span};
use std::io;

/// DEC private mode 2026: terminals that know it show a drawing all at once, and end it by themselves.
const BEGIN: &str = "\u{1b}[?2026h";
const END: &str = "\u{1b}[?2026l";
const ERASE_LINE: &str = "\u{1b}[2K";

pub(super) struct Region {
    printer: Printer,
    shown: Vec<Shown>,
    columns: usize,
    /// How many panics the process has seen: their reports go to stderr past everyone else.
    panics: fn() -> u64,
    panics_seen: u64,
}

#[derive(PartialEq)]
struct Shown {
    text: String,
    width: usize,
}

impl Region {
    pub(super) fn new(printer: Printer, panics: fn() -> u64) -> Self {
        Self {
            printer,
            shown: Vec::new(),
            columns: 0,
            panics,
            panics_seen: panics(),
        }
    }

    /// Lets `above` scroll away and shows `lines`, cut to `columns`, in place of those before.
    pub(super) fn draw(&mut self, above: &[Line<'_>], lines: &[Line<'_>], columns: usize) -> io::Result<()> {
        let panics = (self.panics)();
        if std::mem::replace(&mut self.panics_seen, panics) != panics {
            // The report of the panic is where our lines were; go on below it.
            self.shown.clear();
        }
        let lines: Vec<Shown> = lines
            .iter()
            .map(|line| cut(line, columns))
            .map(|line| Shown {
                text: paint::encode(&line, self.printer.color),
                width: line.width(),
            })
            .collect();
        let resized = std::mem::replace(&mut self.columns, columns) != columns;
        if above.is_empty() && lines == self.shown && !resized {
            return Ok(());
        }

        let mut out = String::from(BEGIN);
        let mut before = std::mem::take(&mut self.shown);
        let rows: usize = before.iter().map(|line| rows(line, columns)).sum();
        out.push_str(&up(rows));
        if !above.is_empty() || resized || lines.len() < before.len() {
            // Row by row: some terminals keep what "erase below" takes from a whole screen in their history.
            out.push_str(&format!("{ERASE_LINE}\r\n").repeat(rows));
            out.push_str(&up(rows));
            before.clear();
        }
        for line in above {
            out.push_str(&paint::encode(line, self.printer.color));
            out.push_str("\r\n");
        }
        for (place, line) in lines.iter().enumerate() {
            match before.get(place) {
                Some(same) if same == line => {}
                Some(_) => out.extend([ERASE_LINE, &line.text]),
                None => out.push_str(&line.text),
            }
            out.push_str("\r\n");
        }
        out.push_str(END);
        self.shown = lines;
        self.printer.raw(&out)
    }
}

/// To the beginning of the line `rows` above.
fn up(rows: usize) -> String {
    match rows {
        0 => String::new(),
        _ => format!("\r\u{1b}[{rows}A"),
    }
}

/// How many rows a line takes now: a terminal that became narrower has broken it.
fn rows(line: &Shown, columns: usize) -> usize {
    // The terminal has one column more than we use.
    line.width.div_ceil(columns + 1).max(1)
}

fn cut<'a>(line: &Line<'a>, columns: usize) -> Line<'a> {
    if line.width() <= columns {
        return line.clone();
    }
    let mut room = columns;
    let spans = line.spans.iter().map(|span| {
        let shown = text::shorten(&span.content, room);
        let shown = Span::styled(shown, span.style);
        room = room.saturating_sub(shown.width());
        shown
    });
    Line::from(spans.collect::<Vec<_>>())
}
