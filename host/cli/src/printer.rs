//! The one place that writes to stdout and stderr. Results go to stdout, everything else to stderr.

use std::io::{IsTerminal, Write};

/// Writes a result. A reader that has gone away is no error.
pub(crate) fn stdout(text: &str) {
    stdout_bytes(text.as_bytes());
}

/// Writes what a program printed, whatever it is.
pub(crate) fn stdout_bytes(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    drop(out.write_all(bytes).and_then(|()| out.flush()));
}

/// Writes to stderr.
pub(crate) fn stderr(text: &str) {
    stderr_bytes(text.as_bytes());
}

/// Writes what a program printed there.
pub(crate) fn stderr_bytes(bytes: &[u8]) {
    let mut out = std::io::stderr().lock();
    drop(out.write_all(bytes).and_then(|()| out.flush()));
}

/// Whether stdin is a terminal.
pub(crate) fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// Whether stdout is a terminal.
pub(crate) fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether stderr is a terminal.
pub(crate) fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}
