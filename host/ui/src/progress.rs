//! Which view the user asked for.

use std::{fmt, str::FromStr};

/// A way to show progress; what `--progress` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Progress {
    /// `Tty` on a capable terminal, else `Plain`.
    #[default]
    Auto,
    /// A live tree that is redrawn in place.
    Tty,
    /// Lines that are only ever added, for CI.
    Plain,
    /// One character for each finished step.
    Dots,
    /// What steps print, and nothing else.
    Logs,
    /// Only a summary at the end.
    Report,
    /// Each event as a line of JSON.
    Json,
    /// Nothing at all.
    None,
}

/// The name of no way to show progress.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown progress {given:?}: choose one of {}", Progress::NAMES.map(|(name, _)| name).join(", "))]
pub struct UnknownProgress {
    given: String,
}

impl Progress {
    /// All names, in the order in which help should list them.
    pub const NAMES: [(&'static str, Progress); 8] = [
        ("auto", Progress::Auto),
        ("tty", Progress::Tty),
        ("plain", Progress::Plain),
        ("dots", Progress::Dots),
        ("logs", Progress::Logs),
        ("report", Progress::Report),
        ("json", Progress::Json),
        ("none", Progress::None),
    ];

    /// Decides what `Auto` means; everything else stays.
    pub(crate) fn resolve(self, capable_terminal: bool) -> Self {
        match self {
            Progress::Auto if capable_terminal => Progress::Tty,
            Progress::Auto => Progress::Plain,
            chosen => chosen,
        }
    }
}

impl FromStr for Progress {
    type Err = UnknownProgress;

    fn from_str(given: &str) -> Result<Self, UnknownProgress> {
        Self::NAMES
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(given))
            .map(|(_, progress)| progress)
            .ok_or_else(|| UnknownProgress {
                given: given.to_owned(),
            })
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Self::NAMES.into_iter().find(|(_, progress)| progress == self);
        f.write_str(found.map_or("auto", |(name, _)| name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for (name, progress) in Progress::NAMES {
            assert_eq!(name.parse(), Ok(progress));
            assert_eq!(progress.to_string(), name);
        }
        assert_eq!("TTY".parse(), Ok(Progress::Tty));
    }

    #[test]
    fn says_what_there_is() {
        let error = "fancy".parse::<Progress>().map_err(|error| error.to_string());
        insta::assert_snapshot!(error.unwrap_err(), @r#"unknown progress "fancy": choose one of auto, tty, plain, dots, logs, report, json, none"#);
    }

    #[test]
    fn auto_follows_the_terminal() {
        assert_eq!(Progress::Auto.resolve(true), Progress::Tty);
        assert_eq!(Progress::Auto.resolve(false), Progress::Plain);
        assert_eq!(Progress::Dots.resolve(true), Progress::Dots);
    }
}
