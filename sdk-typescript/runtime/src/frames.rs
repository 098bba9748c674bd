//! Stacks as QuickJS writes them, without the frames that are not the user's.

use crate::loader::OURS;

/// One frame of the user's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    /// Name of the function; empty for code at the top level of a file.
    pub(crate) function: &'a str,
    /// Id of the file.
    pub(crate) file: &'a str,
    /// From 1, in the code that runs.
    pub(crate) line: u32,
    /// From 1.
    pub(crate) column: u32,
}

/// One line of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    Frame(Frame<'a>),
    /// What introduces the frames that follow.
    Text(&'a str),
}

impl<'a> Line<'a> {
    pub(crate) fn frame(&self) -> Option<&Frame<'a>> {
        match self {
            Line::Frame(frame) => Some(frame),
            Line::Text(_) => None,
        }
    }
}

/// The stack without frames that are native or the runtime's own.
pub(crate) fn of_users(stack: &str) -> Vec<Line<'_>> {
    let lines = stack.lines().filter(|line| !line.trim().is_empty());
    lines
        .filter_map(|line| {
            if !line.trim_start().starts_with("at ") {
                return Some(Line::Text(line));
            }
            parse(line)
                .filter(|frame| !frame.file.starts_with(OURS))
                .map(Line::Frame)
        })
        .collect()
}

/// `    at name (file:12:3)` or `    at file:12:3`; none for native functions.
fn parse(line: &str) -> Option<Frame<'_>> {
    let rest = line.trim_start().strip_prefix("at ")?;
    let (function, place) = match rest.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((function, place)) => (function, place),
        None => ("", rest),
    };
    let (rest, column) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    let function = if function == "<anonymous>" || function == "<eval>" {
        ""
    } else {
        function
    };
    Some(Frame {
        function,
        file,
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

/// The trace as text. Frames that repeat, as in a recursion, are told once.
pub(crate) fn text(title: &str, lines: &[Line<'_>]) -> String {
    let mut text = vec![title.to_owned()];
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let mut repeated = 0;
        while lines.next_if(|next| *next == line).is_some() {
            repeated += 1;
        }
        text.push(match line {
            Line::Text(line) => (*line).to_owned(),
            Line::Frame(frame) => {
                let place = format!("{}:{}:{}", frame.file, frame.line, frame.column);
                match frame.function {
                    "" => format!("    at {place}"),
                    function => format!("    at {function} ({place})"),
                }
            }
        });
        if repeated > 0 {
            text.push(format!("    … {repeated} more times"));
        }
    }
    text.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_users_frames_are_told() {
        let stack = "    at inner (sdk:src/client.ts:10:55)\n    at map (native)\n    at aboom (src/index.ts:9:38)\n\
                     Caused by: Error: x\n    at <anonymous> (src/a b.ts:1:2)\n    at src/top.ts:3:4\n";
        let expected =
            "E: m\n    at aboom (src/index.ts:9:38)\nCaused by: Error: x\n    at src/a b.ts:1:2\n    at src/top.ts:3:4";
        assert_eq!(text("E: m", &of_users(stack)), expected);
    }

    #[test]
    fn a_recursion_is_short() {
        let stack = "    at deep (a.ts:1:1)\n".repeat(50) + "    at start (a.ts:9:1)\n";
        let expected = "E\n    at deep (a.ts:1:1)\n    … 49 more times\n    at start (a.ts:9:1)";
        assert_eq!(text("E", &of_users(&stack)), expected);
    }
}
