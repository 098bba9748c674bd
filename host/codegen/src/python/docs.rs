//! Docstrings.

/// A docstring `indent` spaces deep: the text, then a section for the parameters that have one. Empty when there is nothing to say.
pub(super) fn docstring(indent: usize, text: &str, parameters: &[(String, String)]) -> String {
    let pad = " ".repeat(indent);
    let mut lines: Vec<String> = text.trim().lines().map(|line| escape(line.trim_end())).collect();
    if !parameters.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push("Args:".to_owned());
        for (name, text) in parameters {
            let mut text = text.trim().lines();
            lines.push(format!(
                "    {name}: {}",
                escape(text.next().unwrap_or_default().trim_end())
            ));
            lines.extend(text.map(|line| format!("        {}", escape(line.trim()))));
        }
    }
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{pad}\"\"\"{}\"\"\"\n", closing(line)),
        [first, rest @ ..] => {
            let rest: String = rest
                .iter()
                .map(|line| {
                    if line.is_empty() {
                        "\n".to_owned()
                    } else {
                        format!("{pad}{line}\n")
                    }
                })
                .collect();
            format!("{pad}\"\"\"{first}\n{rest}{pad}\"\"\"\n")
        }
    }
}

fn escape(line: &str) -> String {
    line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
}

/// A quote at the end would run into the closing quotes; the formatter puts a space there.
fn closing(line: &str) -> String {
    if line.ends_with('"') {
        format!("{line} ")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_follow_the_text() {
        let parameters = [("path".to_owned(), "Where.\nReally.".to_owned())];
        assert_eq!(
            docstring(4, "Reads it.", &parameters),
            "    \"\"\"Reads it.\n\n    Args:\n        path: Where.\n            Really.\n    \"\"\"\n"
        );
        assert_eq!(docstring(0, "One \"line\"", &[]), "\"\"\"One \"line\" \"\"\"\n");
        assert_eq!(docstring(0, "", &[]), "");
    }
}
