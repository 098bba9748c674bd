//! Documentation comments: their text and their tags.

/// What a `/** … */` comment says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doc {
    /// The text before the first tag.
    pub(crate) description: Option<String>,
    tags: Vec<(String, String)>,
}

impl Doc {
    /// Reads a comment, with or without its delimiters.
    pub(crate) fn read(comment: &str) -> Doc {
        let body = comment.strip_prefix("/**").unwrap_or(comment);
        let body = body.strip_suffix("*/").unwrap_or(body);
        let mut text = Vec::new();
        let mut tags: Vec<(String, String)> = Vec::new();
        for line in body.lines() {
            let line = line.trim_start();
            let line = line
                .strip_prefix('*')
                .map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest));
            let line = line.trim_end();
            if let Some(tag) = line.trim_start().strip_prefix('@') {
                let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
                tags.push((name.to_owned(), rest.trim().to_owned()));
            } else if let Some((_, rest)) = tags.last_mut() {
                rest.push('\n');
                rest.push_str(line);
            } else {
                text.push(line);
            }
        }
        let tags = tags.into_iter().map(|(name, rest)| (name, rest.trim().to_owned()));
        Doc {
            description: some(text.join("\n").trim()),
            tags: tags.collect(),
        }
    }

    /// The reason of `@deprecated`, or a general one when it gives none.
    pub(crate) fn deprecated(&self) -> Option<String> {
        let reason = self.tags.iter().find(|(name, _)| name == "deprecated")?;
        Some(some(&reason.1).unwrap_or_else(|| "No longer supported".to_owned()))
    }

    /// The text of `@param name text`; a type in braces and a dash before the text are left out.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let tags = self.tags.iter().filter(|(tag, _)| tag == "param");
        tags.filter_map(|(_, rest)| {
            let rest = match rest.strip_prefix('{') {
                Some(typed) => typed.split_once('}')?.1.trim_start(),
                None => rest,
            };
            let (first, text) = rest.split_once(char::is_whitespace)?;
            let text = text.trim_start();
            let text = text.strip_prefix("- ").unwrap_or(text);
            (first == name).then(|| some(text)).flatten()
        })
        .next()
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_tags_are_told_apart() {
        let doc = Doc::read(
            "/**\n * Builds it.\n *\n *   Indented.\n * @param source - the code\n *   of it\n * @param {string} tag a tag\n * @deprecated use make\n */",
        );
        assert_eq!(doc.description.as_deref(), Some("Builds it.\n\n  Indented."));
        assert_eq!(doc.parameter("source").as_deref(), Some("the code\n  of it"));
        assert_eq!(doc.parameter("tag").as_deref(), Some("a tag"));
        assert_eq!(doc.parameter("other"), None);
        assert_eq!(doc.deprecated().as_deref(), Some("use make"));
        assert_eq!(
            Doc::read("/** @deprecated */").deprecated().as_deref(),
            Some("No longer supported")
        );
        assert_eq!(Doc::read("/***/"), Doc::default());
    }
}
