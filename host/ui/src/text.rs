//! Makes foreign text safe to show: a step must not move the cursor of the user's terminal, nor change its colours.

use unicode_width::UnicodeWidthChar;

/// `raw` without escape sequences and control characters; a tab becomes four columns.
pub(crate) fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        match character {
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_control_sequence(&mut rest),
            '\t' => out.push_str("    "),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}

/// `raw` as one clean line: runs of white space become one space.
pub(crate) fn one_line(raw: &str) -> String {
    let spaced = raw.replace(['\n', '\r', '\t'], " ");
    clean(&spaced).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest beginning of `text` that fits `columns`, ended by `…` if something is missing.
pub(crate) fn shorten(text: &str, columns: usize) -> String {
    let width = |character: char| character.width().unwrap_or(0);
    if text.chars().map(width).sum::<usize>() <= columns {
        return text.to_owned();
    }
    let mut used = 0;
    let mut out: String = text
        .chars()
        .take_while(|character| {
            used += width(*character);
            used < columns
        })
        .collect();
    if columns > 0 {
        out.push('…');
    }
    out
}

/// After ESC: a control sequence, a string up to its terminator, or one more character (ECMA-48, section 5).
fn skip_escape(rest: &mut std::str::Chars<'_>) {
    match rest.next() {
        Some('[') => skip_control_sequence(rest),
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(character) = rest.next() {
                match character {
                    '\u{7}' | '\u{9c}' => break,
                    '\u{1b}' => {
                        rest.next();
                        break;
                    }
                    _ => {}
                }
            }
        }
        Some(' '..='/') => {
            rest.next();
        }
        _ => {}
    }
}

fn skip_control_sequence(rest: &mut std::str::Chars<'_>) {
    for character in rest {
        if ('@'..='~').contains(&character) {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_go() {
        assert_eq!(clean("\u{1b}[1;32mok\u{1b}[0m"), "ok");
        assert_eq!(clean("\u{1b}]0;title\u{7}a\u{1b}]8;;url\u{1b}\\b"), "ab");
        assert_eq!(clean("a\u{1b}(Bb\u{1b}cc\u{8}\td\u{1b}["), "abc    d");
    }

    #[test]
    fn names_are_one_line() {
        assert_eq!(one_line("  sh -c\n\techo\u{1b}[2J hi\r\n"), "sh -c echo hi");
    }

    #[test]
    fn shortening_counts_columns() {
        assert_eq!(shorten("pytest", 6), "pytest");
        assert_eq!(shorten("pytest", 5), "pyte…");
        assert_eq!(shorten("日本語", 5), "日本…");
        assert_eq!(shorten("日本語", 4), "日…");
        assert_eq!(shorten("pytest", 0), "");
    }
}
