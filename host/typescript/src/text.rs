//! The text of one source file: from byte offsets to lines and columns, and to the frame that an error shows.

use crate::problem::Problem;
use dockwright_schema::module_def::SourceLocation;
use oxc::diagnostics::OxcDiagnostic;
use oxc::span::Span;

/// Lines shown before and after the place of an error.
const CONTEXT_LINES: usize = 1;
/// A longer line is shown in part.
const LONGEST_LINE: usize = 160;

/// A source file: its name and its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    /// Path relative to the source root, with `/`.
    pub(crate) file: &'a str,
    /// What it holds.
    pub(crate) source: &'a str,
}

impl<'a> Text<'a> {
    pub(crate) fn new(file: &'a str, source: &'a str) -> Text<'a> {
        Text { file, source }
    }

    /// The text of the span; empty when it is none of this file.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        self.source
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Line and column of a byte offset, both from 1, the column in characters.
    pub(crate) fn position(&self, offset: u32) -> (u32, u32) {
        let mut end = (offset as usize).min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.source.get(..end).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(start..).unwrap_or_default().chars().count() + 1;
        (number(line), number(column))
    }

    pub(crate) fn location(&self, offset: u32) -> SourceLocation {
        let (line, column) = self.position(offset);
        SourceLocation {
            file: self.file.to_owned(),
            line,
            column,
        }
    }

    /// A problem at the span.
    pub(crate) fn problem(&self, span: Span, message: impl Into<String>, help: Option<String>) -> Problem {
        let (line, column) = self.position(span.start);
        Problem {
            file: self.file.to_owned(),
            line,
            column,
            message: message.into(),
            help,
            frame: self.frame(line, column, self.slice(span)),
        }
    }

    /// What the parser or transformer says, as a problem.
    pub(crate) fn diagnostic(&self, diagnostic: &OxcDiagnostic) -> Problem {
        let label = diagnostic.labels.iter().find(|label| label.primary());
        let label = label.or_else(|| diagnostic.labels.first());
        let (start, length) = label.map_or((0, 0), |label| (label.offset(), label.len()));
        let span = Span::new(start, start.saturating_add(length));
        let help = diagnostic.help.as_ref().map(ToString::to_string);
        self.problem(span, diagnostic.message.as_ref(), help)
    }

    fn frame(&self, line: u32, column: u32, marked: &str) -> String {
        let at = line as usize - 1;
        let first = at.saturating_sub(CONTEXT_LINES);
        let last = at + CONTEXT_LINES;
        let width = (last + 1).to_string().len();
        let mut rows = Vec::new();
        for (index, text) in self.source.lines().enumerate().take(last + 1).skip(first) {
            let skipped = if index == at {
                (column as usize).saturating_sub(LONGEST_LINE / 2)
            } else {
                0
            };
            let shown: String = text
                .chars()
                .skip(skipped)
                .take(LONGEST_LINE)
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            rows.push(format!("  {:>width$} | {shown}", index + 1).trim_end().to_owned());
            if index == at {
                let carets = marked.lines().next().unwrap_or_default().chars().count();
                let room = LONGEST_LINE.saturating_sub(column as usize - skipped).max(1);
                let indent = " ".repeat((column as usize - 1).saturating_sub(skipped));
                rows.push(format!(
                    "  {:>width$} | {indent}{}",
                    "",
                    "^".repeat(carets.clamp(1, room))
                ));
            }
        }
        rows.join("\n")
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
