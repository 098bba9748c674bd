//! The palette, and styled lines as bytes for a terminal or a file.

use ratatui::{
    style::{Color, Modifier, Style},
    text::{Line, Span},
};

pub(crate) fn plain(text: impl Into<String>) -> Span<'static> {
    Span::raw(text.into())
}

pub(crate) fn strong(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().add_modifier(Modifier::BOLD))
}

pub(crate) fn dim(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().add_modifier(Modifier::DIM))
}

pub(crate) fn good(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().fg(Color::Green))
}

pub(crate) fn bad(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().fg(Color::Red))
}

pub(crate) fn warning(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().fg(Color::Yellow))
}

pub(crate) fn active(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().fg(Color::Cyan))
}

pub(crate) fn cached(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().fg(Color::Blue))
}

/// `line` as text; with `color` its styles as control sequences (ECMA-48, select graphic rendition).
pub(crate) fn encode(line: &Line<'_>, color: bool) -> String {
    let mut out = String::new();
    for span in &line.spans {
        let codes = if color { codes(span.style) } else { Vec::new() };
        if codes.is_empty() {
            out.push_str(&span.content);
        } else {
            let codes = codes.join(";");
            out.push_str(&format!("\u{1b}[{codes}m{}\u{1b}[0m", span.content));
        }
    }
    out
}

/// Only what the palette uses: the eight colours that every terminal theme sets, bold and faint.
fn codes(style: Style) -> Vec<&'static str> {
    let color = match style.fg {
        Some(Color::Red) => Some("31"),
        Some(Color::Green) => Some("32"),
        Some(Color::Yellow) => Some("33"),
        Some(Color::Blue) => Some("34"),
        Some(Color::Cyan) => Some("36"),
        _ => None,
    };
    let bold = style.add_modifier.contains(Modifier::BOLD).then_some("1");
    let faint = style.add_modifier.contains(Modifier::DIM).then_some("2");
    [bold, faint, color].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_control_sequences_only_on_demand() {
        let line = Line::from(vec![bad("✘"), plain(" pytest "), dim("1.0s")]);
        assert_eq!(encode(&line, false), "✘ pytest 1.0s");
        assert_eq!(
            encode(&line, true),
            "\u{1b}[31m✘\u{1b}[0m pytest \u{1b}[2m1.0s\u{1b}[0m"
        );
    }
}
