//! Layout of Python source: a bracketed list stays on one line when it fits, else each item has its own.

/// Columns of a line.
pub(super) const WIDTH: usize = 120;

/// A piece of an expression or a header.
pub(super) enum Code {
    /// Text that is never broken.
    Text(String),
    /// `head(items)tail`.
    Call {
        /// What stands before the bracket, such as `def f` or `Arg`.
        head: String,
        /// What stands between the brackets.
        items: Vec<Code>,
        /// What follows the closing bracket.
        tail: String,
    },
}

impl Code {
    /// `head(items)`.
    pub(super) fn call(head: impl Into<String>, items: Vec<Code>) -> Code {
        Code::Call {
            head: head.into(),
            items,
            tail: String::new(),
        }
    }

    /// The code as lines, `indent` spaces deep; `after` columns must stay free behind it.
    pub(super) fn render(&self, indent: usize, after: usize) -> String {
        let flat = self.flat();
        let pad = " ".repeat(indent);
        match self {
            Code::Call { head, items, tail } if indent + flat.chars().count() + after > WIDTH && !items.is_empty() => {
                let lines: Vec<String> = items
                    .iter()
                    .map(|item| format!("{},\n", item.render(indent + 4, 1)))
                    .collect();
                // A trailing comma behind a bare `*` is no syntax error only because a parameter always follows it.
                format!("{pad}{head}(\n{}{pad}){tail}", lines.concat())
            }
            _ => format!("{pad}{flat}"),
        }
    }

    fn flat(&self) -> String {
        match self {
            Code::Text(text) => text.clone(),
            Code::Call { head, items, tail } => {
                let items: Vec<String> = items.iter().map(Code::flat).collect();
                format!("{head}({}){tail}", items.join(", "))
            }
        }
    }
}

impl From<String> for Code {
    fn from(text: String) -> Code {
        Code::Text(text)
    }
}

impl From<&str> for Code {
    fn from(text: &str) -> Code {
        Code::Text(text.to_owned())
    }
}

/// A Python string literal.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_breaks_only_when_it_does_not_fit() {
        let call = |count: usize| {
            Code::call(
                "f",
                (0..count).map(|i| Code::from(format!("argument_{i:02}"))).collect(),
            )
        };
        assert_eq!(call(2).render(4, 0), "    f(argument_00, argument_01)");
        let broken = call(10).render(0, 0);
        assert!(broken.starts_with("f(\n    argument_00,\n"), "{broken}");
        assert!(broken.ends_with("    argument_09,\n)"), "{broken}");
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(string("a\"\\\n\u{1}é"), r#""a\"\\\n\x01é""#);
    }
}
