//! Doc comments.

/// The text as `//` lines behind `indent` tabs; empty when there is nothing to say.
pub(super) fn comment(indent: usize, text: &str) -> String {
    let pad = "\t".repeat(indent);
    text.trim()
        .lines()
        .map(|line| match line.trim_end() {
            "" => format!("{pad}//\n"),
            line => format!("{pad}// {line}\n"),
        })
        .collect()
}

/// The text with notes behind it, each a paragraph of its own.
pub(super) fn with_notes(text: Option<&str>, deprecated: Option<&str>, experimental: Option<&str>) -> String {
    let mut parts: Vec<String> = text.map(str::to_owned).into_iter().collect();
    parts.extend(experimental.map(|reason| format!("Experimental: {reason}")));
    parts.extend(deprecated.map(|reason| match reason {
        "" => "Deprecated: do not use it.".to_owned(),
        reason => format!("Deprecated: {reason}"),
    }));
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_commented_one_by_one() {
        assert_eq!(comment(1, "One.\n\nTwo.  \n"), "\t// One.\n\t//\n\t// Two.\n");
        assert_eq!(comment(0, " "), "");
        assert_eq!(with_notes(Some("A."), Some("use b"), None), "A.\n\nDeprecated: use b");
    }
}
