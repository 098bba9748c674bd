//! What a git server says it has: the first answer of its protocol (`gitprotocol-pack` and `gitprotocol-http` of Git's documentation), version 0.

use crate::error::ApiError;

/// What a repository has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Advertised {
    /// Full names of branches, tags and the rest, with their objects; for an annotated tag the commit behind it.
    pub references: Vec<(String, String)>,
    /// The full name of the branch that HEAD is.
    pub head: Option<String>,
}

impl Advertised {
    /// The names below a prefix that match one of the patterns, sorted.
    pub(super) fn names(&self, prefix: &str, patterns: &[String]) -> Vec<String> {
        let mut names: Vec<String> = self
            .references
            .iter()
            .filter_map(|(name, _)| name.strip_prefix(prefix).map(|short| (name, short)))
            .filter(|(name, _)| patterns.is_empty() || patterns.iter().any(|pattern| matches_end(pattern, name)))
            .map(|(_, short)| short.to_owned())
            .collect();
        names.sort();
        names
    }

    /// Reads the answer; one over HTTP begins with the service's name.
    pub(super) fn parse(bytes: &[u8]) -> Result<Advertised, ApiError> {
        let mut found = Advertised::default();
        for line in lines(bytes)? {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if line.starts_with(b"# service=") {
                continue;
            }
            if let Some(message) = line.strip_prefix(b"ERR ") {
                return Err(ApiError::other(String::from_utf8_lossy(message).into_owned()));
            }
            let (line, capabilities) = match line.iter().position(|byte| *byte == 0) {
                Some(end) => line.split_at(end),
                None => (line, &[][..]),
            };
            let capabilities = String::from_utf8_lossy(capabilities);
            for capability in capabilities.trim_start_matches('\0').split(' ') {
                if let Some(head) = capability.strip_prefix("symref=HEAD:") {
                    found.head = Some(head.to_owned());
                }
            }
            let line = String::from_utf8_lossy(line);
            let Some((object, name)) = line.split_once(' ') else {
                continue;
            };
            match name.strip_suffix("^{}") {
                Some(tag) => found
                    .references
                    .iter_mut()
                    .filter(|(name, _)| name == tag)
                    .for_each(|entry| object.clone_into(&mut entry.1)),
                None if name == "capabilities" => {}
                None => found.references.push((name.to_owned(), object.to_owned())),
            }
        }
        Ok(found)
    }
}

/// The lines of the form "four hexadecimal digits of length, content"; empty ones only part.
fn lines(mut bytes: &[u8]) -> Result<Vec<&[u8]>, ApiError> {
    let broken = || ApiError::other("what answers there does not speak git's protocol");
    let mut lines = Vec::new();
    while let Some((head, rest)) = bytes.split_at_checked(4) {
        let digits = std::str::from_utf8(head).map_err(|_| broken())?;
        let length = usize::from_str_radix(digits, 16).map_err(|_| broken())?;
        if length < 4 {
            bytes = rest;
            continue;
        }
        let (line, rest) = rest.split_at_checked(length - 4).ok_or_else(broken)?;
        lines.push(line);
        bytes = rest;
    }
    if bytes.is_empty() { Ok(lines) } else { Err(broken()) }
}

/// Whether a pattern with `*` and `?` matches the name, or what follows one of its slashes: as `git ls-remote` does it.
fn matches_end(pattern: &str, name: &str) -> bool {
    let starts = name.match_indices('/').map(|(index, _)| index + 1);
    std::iter::once(0)
        .chain(starts)
        .any(|start| matches(pattern.as_bytes(), name.as_bytes().get(start..).unwrap_or_default()))
}

fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => {
            matches(rest, text) || text.split_first().is_some_and(|(_, after)| matches(pattern, after))
        }
        (Some((b'?', pattern)), Some((_, text))) => matches(pattern, text),
        (Some((wanted, pattern)), Some((found, text))) => wanted == found && matches(pattern, text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        format!("{:04x}{text}", text.len() + 4)
    }

    #[test]
    fn an_answer_is_read() {
        let text = [
            line("# service=git-upload-pack\n"),
            "0000".to_owned(),
            line("aa HEAD\0multi_ack symref=HEAD:refs/heads/main agent=git/2\n"),
            line("aa refs/heads/main\n"),
            line("bb refs/heads/dev/x\n"),
            line("cc refs/tags/v1.0.0\n"),
            line("dd refs/tags/v1.0.0^{}\n"),
            "0000".to_owned(),
        ]
        .concat();
        let found = Advertised::parse(text.as_bytes()).unwrap();
        assert_eq!(found.head.as_deref(), Some("refs/heads/main"));
        assert_eq!(found.names("refs/heads/", &[]), ["dev/x", "main"]);
        assert_eq!(found.names("refs/tags/", &["v1*".to_owned()]), ["v1.0.0"]);
        assert_eq!(found.names("refs/heads/", &["x".to_owned()]), ["dev/x"]);
        assert!(found.names("refs/heads/", &["ai".to_owned()]).is_empty());
        assert_eq!(
            found.references.last(),
            Some(&("refs/tags/v1.0.0".to_owned(), "dd".to_owned()))
        );
    }

    #[test]
    fn what_is_not_git_is_told() {
        for broken in ["<html>", "00zz", "0010short", "00"] {
            assert!(Advertised::parse(broken.as_bytes()).is_err(), "{broken}");
        }
        let refused = Advertised::parse(line("ERR access denied").as_bytes()).unwrap_err();
        assert_eq!(refused.to_string(), "access denied");
        assert_eq!(Advertised::parse(b"").unwrap(), Advertised::default());
    }
}
