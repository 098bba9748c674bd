//! What Go prints, as lines of the log. A line that is not finished is kept until it is, or until the call ends.
//!
//! When Go's runtime gives up it writes a report to standard error, piece by piece, and aborts. What looks like the beginning of
//! one goes to the host marked as such, and all that follows (`host/runtime/src/language/go.rs`). If the module goes on after
//! all, the host prints it.

use crate::world::system::{self, Level};
use std::cell::RefCell;

/// A line longer than this is passed on in parts.
const LONGEST: usize = 1 << 16;

/// How a report of Go's runtime begins.
const REPORTS: [&[u8]; 3] = [b"panic: ", b"fatal error: ", b"runtime: "];

/// What the host knows pieces of a report by.
const REPORT: &str = "go: report ";

/// Bytes of the last output that are kept.
const RECENT: usize = 1 << 11;

#[derive(Default)]
struct Log {
    unfinished: [Vec<u8>; 2],
    /// A report has begun.
    reporting: bool,
    recent: Vec<u8>,
}

thread_local!(static LOG: RefCell<Log> = RefCell::default());

/// Adds to standard output (0) or error (1), and passes on the lines that are whole.
pub(crate) fn write(stream: usize, bytes: &[u8]) {
    if LOG.with_borrow_mut(|log| log.reports(stream, bytes)) {
        system::log(Level::Error, &format!("{REPORT}{}", String::from_utf8_lossy(bytes)));
        return;
    }
    let ready = LOG.with_borrow_mut(|log| log.add(stream, bytes));
    say(stream, &ready);
}

/// Passes on what is not finished.
pub(crate) fn flush() {
    for stream in 0..2 {
        let rest = LOG.with_borrow_mut(|log| std::mem::take(&mut log.unfinished[stream]));
        say(stream, &rest);
    }
}

/// Tells that the program exits, and what it printed last. After a report there is nothing to add.
pub(crate) fn exit(status: i32) {
    flush();
    let (reporting, recent) = LOG.with_borrow_mut(|log| (log.reporting, std::mem::take(&mut log.recent)));
    if !reporting {
        let said = String::from_utf8_lossy(&recent);
        system::log(Level::Error, &format!("go: exit status {status}\n{said}"));
    }
}

impl Log {
    /// Whether the bytes belong to a report.
    fn reports(&mut self, stream: usize, bytes: &[u8]) -> bool {
        if stream == 1 && self.unfinished[stream].is_empty() {
            self.reporting |= REPORTS.iter().any(|start| bytes.starts_with(start));
        }
        stream == 1 && self.reporting
    }

    /// The bytes that are whole lines now.
    fn add(&mut self, stream: usize, bytes: &[u8]) -> Vec<u8> {
        self.recent.extend_from_slice(bytes);
        let old = self.recent.len().saturating_sub(RECENT);
        self.recent.drain(..old);
        let kept = &mut self.unfinished[stream];
        kept.extend_from_slice(bytes);
        match kept.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => {
                let rest = kept.split_off(end + 1);
                std::mem::replace(kept, rest)
            }
            None if kept.len() > LONGEST => std::mem::take(kept),
            None => Vec::new(),
        }
    }
}

fn say(stream: usize, text: &[u8]) {
    if text.is_empty() {
        return;
    }
    let level = if stream == 0 { Level::Info } else { Level::Warn };
    system::log(level, &String::from_utf8_lossy(text.strip_suffix(b"\n").unwrap_or(text)));
}
