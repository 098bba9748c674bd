//! Doc comments.

use super::model::{Doc, Parameter};

/// The comment of a method: its text, its parameters, why not to use it. Empty when there is nothing to say.
pub(super) fn method(indent: usize, doc: &Doc, parameters: &[Parameter]) -> String {
    let mut tags: Vec<String> = parameters
        .iter()
        .filter(|parameter| !parameter.doc.text.trim().is_empty())
        .map(|parameter| format!("@param {} {}", parameter.name, parameter.doc.text.trim()))
        .collect();
    tags.extend(deprecation(doc));
    comment(indent, &doc.text, &tags)
}

/// The comment of anything else.
pub(super) fn plain(indent: usize, doc: &Doc) -> String {
    comment(indent, &doc.text, deprecation(doc).as_slice())
}

/// A comment of text alone.
pub(super) fn text(indent: usize, text: &str) -> String {
    comment(indent, text, &[])
}

fn deprecation(doc: &Doc) -> Option<String> {
    doc.deprecated
        .as_ref()
        .map(|reason| format!("@deprecated {reason}").trim_end().to_owned())
}

fn comment(indent: usize, text: &str, tags: &[String]) -> String {
    let mut lines: Vec<String> = text.trim().lines().map(escape).collect();
    if !lines.is_empty() && !tags.is_empty() {
        lines.push(String::new());
    }
    for tag in tags {
        lines.extend(tag.lines().enumerate().map(|(index, line)| {
            let pad = if index == 0 { "" } else { "  " };
            format!("{pad}{}", escape(line))
        }));
    }
    let pad = " ".repeat(indent);
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{pad}/** {line} */\n"),
        lines => {
            let lines: String = lines
                .iter()
                .map(|line| format!("{pad} * {line}").trim_end().to_owned() + "\n")
                .collect();
            format!("{pad}/**\n{lines}{pad} */\n")
        }
    }
}

fn escape(line: &str) -> String {
    line.trim_end().replace("*/", "*\\/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_the_text() {
        let doc = Doc {
            text: "Reads it.".to_owned(),
            deprecated: Some(String::new()),
        };
        assert_eq!(plain(2, &doc), "  /**\n   * Reads it.\n   *\n   * @deprecated\n   */\n");
        assert_eq!(text(0, "Ends */ here."), "/** Ends *\\/ here. */\n");
        assert_eq!(text(0, " "), "");
    }
}
