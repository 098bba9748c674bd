//! One thing that is wrong at one place of a source file.
//!
//! Holds text only, so that it can be shown, kept and compared after the sources are gone. `text` makes it.

use std::fmt;

/// Something that is wrong in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path relative to the module's source root, with `/`.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to write in its stead.
    pub help: Option<String>,
    /// The lines of the source around the place, numbered, with carets below it.
    pub frame: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if !self.frame.is_empty() {
            write!(f, "\n{}", self.frame)?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}
