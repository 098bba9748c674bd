//! Chunks of output become lines, and of those the last ones are kept.

use crate::text;
use std::collections::VecDeque;

/// How many lines of a span are kept.
const KEPT: usize = 200;

/// A line is broken here (in bytes), or a program that never prints a newline would fill the memory.
const LONGEST: usize = 8 << 10;

/// Splits one stream into clean lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    open: String,
}

impl Lines {
    /// Takes a chunk and returns the lines that it completes.
    pub(super) fn push(&mut self, chunk: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for piece in chunk.split_inclusive('\n') {
            self.open.push_str(piece);
            if piece.ends_with('\n') {
                lines.extend(self.take());
            } else if self.open.len() > LONGEST {
                self.open = last_overprint(&self.open).to_owned();
                if self.open.len() > LONGEST {
                    lines.extend(self.take());
                }
            }
        }
        lines
    }

    /// The line that is not complete yet, if it shows anything.
    pub(super) fn open_line(&self) -> Option<String> {
        let shown = text::clean(last_overprint(&self.open));
        (!shown.is_empty()).then_some(shown)
    }

    /// The rest, at the end of the stream.
    pub(super) fn finish(&mut self) -> Option<String> {
        self.take().filter(|line| !line.is_empty())
    }

    fn take(&mut self) -> Option<String> {
        let raw = std::mem::take(&mut self.open);
        Some(text::clean(last_overprint(raw.strip_suffix('\n').unwrap_or(&raw))))
    }
}

/// What a terminal shows of a line in which carriage returns let later text replace earlier text, as progress bars do.
fn last_overprint(line: &str) -> &str {
    let line = line.trim_end_matches('\r');
    line.rsplit('\r').next().unwrap_or(line)
}

/// The last lines of a span.
#[derive(Debug, Default)]
pub(super) struct Tail {
    lines: VecDeque<String>,
    total: usize,
}

impl Tail {
    pub(super) fn extend(&mut self, lines: &[String]) {
        self.total += lines.len();
        self.lines.extend(lines.iter().cloned());
        let surplus = self.lines.len().saturating_sub(KEPT);
        self.lines.drain(..surplus);
    }

    pub(super) fn last(&self, count: usize) -> impl Iterator<Item = &str> {
        let skipped = self.lines.len().saturating_sub(count);
        self.lines.iter().skip(skipped).map(String::as_str)
    }

    pub(super) fn total(&self) -> usize {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_not_lines() {
        let mut lines = Lines::default();
        assert_eq!(lines.push("one\ntw"), ["one"]);
        assert_eq!(lines.open_line().as_deref(), Some("tw"));
        assert_eq!(lines.push("o\r\n\nthree"), ["two", ""]);
        assert_eq!(lines.finish().as_deref(), Some("three"));
        assert_eq!(lines.finish(), None);
    }

    #[test]
    fn an_escape_sequence_in_two_chunks() {
        let mut lines = Lines::default();
        assert!(lines.push("\u{1b}[3").is_empty());
        assert_eq!(lines.push("2mok\u{1b}[0m\n"), ["ok"]);
    }

    #[test]
    fn progress_bars_show_their_last_state() {
        let mut lines = Lines::default();
        assert!(lines.push("10%\r50%\r").is_empty());
        assert_eq!(lines.open_line().as_deref(), Some("50%"));
        assert_eq!(lines.push("99%\r100%\n"), ["100%"]);
    }

    #[test]
    fn endless_lines_are_broken() {
        let mut lines = Lines::default();
        assert_eq!(lines.push(&"x".repeat(LONGEST + 1)).len(), 1);
        assert!(lines.push(&"9%\r".repeat(LONGEST)).is_empty());
        assert!(lines.open.len() < 4);
    }

    #[test]
    fn the_last_lines_are_kept() {
        let mut tail = Tail::default();
        let lines: Vec<String> = (0..KEPT + 5).map(|number| number.to_string()).collect();
        tail.extend(&lines);
        assert_eq!(tail.last(2).collect::<Vec<_>>(), ["203", "204"]);
        assert_eq!(tail.last(usize::MAX).count(), KEPT);
        assert_eq!(tail.total(), KEPT + 5);
    }
}
