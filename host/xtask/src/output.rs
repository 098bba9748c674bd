//! What a task tells whoever runs it: plain lines on stderr.

use std::io::Write;

/// Prints one line. A closed stderr is no reason to stop the work.
pub(crate) fn say(line: impl std::fmt::Display) {
    writeln!(std::io::stderr(), "{line}").ok();
}
