//! Patterns of repositories: `registry.example/acme/*` for all in one folder, `registry.example/acme/**` for all below it.

use super::git_name::git_name;
use dockwright_registry::{Reference, SCHEME};

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    text: String,
    parts: Vec<String>,
}

impl Pattern {
    /// The pattern in the text, with or without `oci://`.
    pub(super) fn parse(text: &str) -> Result<Pattern, String> {
        let name = text.strip_prefix(SCHEME).unwrap_or(text);
        let (host, path) = name
            .split_once('/')
            .map_or((name, None), |(host, path)| (host, Some(path)));
        if name.contains('@') || path.is_some_and(|path| path.contains(':')) {
            return Err(
                "a pattern is of repositories, without tag or digest: a tag can be moved, and a digest needs no signature"
                    .to_owned(),
            );
        }
        if name != "**" && path.is_none_or(str::is_empty) {
            return Err(
                "a pattern is HOST/NAME, such as `registry.example/acme/**`; `**` alone is everything".to_owned(),
            );
        }
        // Spelled as references are, so that no other spelling of a host escapes a rule.
        let canonical = match format!("{SCHEME}{host}/x").parse::<Reference>() {
            Ok(reference) => reference.canonical_name().trim_end_matches("/x").to_owned(),
            Err(_) => host.to_ascii_lowercase(),
        };
        let mut parts = vec![canonical];
        parts.extend(path.into_iter().flat_map(|path| path.split('/')).map(str::to_owned));
        Pattern::of_parts(name, parts)
    }

    /// The pattern of git repositories in the text: host and path, with or without a scheme.
    pub(super) fn parse_git(text: &str) -> Result<Pattern, String> {
        let name = git_name(text);
        if name != "**" && !name.contains('/') {
            return Err("a pattern is HOST/PATH, such as `github.com/acme/**`; `**` alone is everything".to_owned());
        }
        let parts = name.split('/').map(str::to_owned).collect();
        Pattern::of_parts(text, parts)
    }

    fn of_parts(name: &str, parts: Vec<String>) -> Result<Pattern, String> {
        if parts
            .iter()
            .any(|part| part.is_empty() || (part.contains("**") && part != "**"))
        {
            return Err("`**` stands for whole parts between `/`, and no part is empty".to_owned());
        }
        Ok(Pattern {
            text: name.to_owned(),
            parts,
        })
    }

    /// As it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it matches repositories of that host.
    pub(super) fn matches_host(&self, host: &str) -> bool {
        self.parts
            .first()
            .is_some_and(|part| part == "**" || part_matches(part, host))
    }

    /// Whether it matches the name of a repository.
    pub(super) fn matches(&self, name: &str) -> bool {
        let names: Vec<&str> = name.split('/').collect();
        parts_match(&self.parts, &names)
    }
}

fn parts_match(pattern: &[String], names: &[&str]) -> bool {
    match (pattern.split_first(), names.split_first()) {
        (None, None) => true,
        (Some((part, rest)), _) if part == "**" => {
            parts_match(rest, names)
                || names
                    .split_first()
                    .is_some_and(|(_, names)| parts_match(pattern, names))
        }
        (Some((part, rest)), Some((name, names))) => part_matches(part, name) && parts_match(rest, names),
        _ => false,
    }
}

/// Whether a part matches, in which `*` stands for any text.
fn part_matches(part: &str, name: &str) -> bool {
    match part.split_once('*') {
        None => part == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|name| {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.filter_map(|at| name.get(at..)).any(|end| part_matches(rest, end))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_repositories() {
        for (pattern, name, expected) in [
            ("registry.example/acme/lint", "registry.example/acme/lint", true),
            ("oci://registry.example/acme/lint", "registry.example/acme/lint", true),
            ("registry.example/acme/lint", "registry.example/acme/lint2", false),
            ("registry.example/acme/*", "registry.example/acme/lint", true),
            ("registry.example/acme/*", "registry.example/acme/a/b", false),
            ("registry.example/acme/**", "registry.example/acme/a/b", true),
            ("registry.example/acme/**", "registry.example/acmeX/a", false),
            ("registry.example/**/lint", "registry.example/a/b/lint", true),
            ("registry.example/**/lint", "registry.example/lint", true),
            ("registry.example/ci-*-x", "registry.example/ci-a-b-x", true),
            ("*.example/**", "registry.example/acme/lint", true),
            ("127.0.0.1:5000/**", "127.0.0.1:5000/a", true),
            ("index.docker.io/acme/*", "docker.io/acme/lint", true),
            ("**", "registry.example/acme/lint", true),
        ] {
            assert_eq!(
                Pattern::parse(pattern).unwrap().matches(name),
                expected,
                "{pattern} {name}"
            );
        }
    }

    #[test]
    fn patterns_of_git_match_every_spelling() {
        for (pattern, url, expected) in [
            ("github.com/acme/**", "git@GitHub.com:Acme/ci.git", true),
            ("https://github.com/acme/ci.git", "ssh://git@github.com/acme/ci", true),
            ("github.com/acme/*", "https://github.com/acme/../other/ci", false),
            ("127.0.0.1:*/git/**", "http://127.0.0.1:5000/git/a/b", true),
            ("**", "https://h/r", true),
        ] {
            let pattern = Pattern::parse_git(pattern).unwrap();
            assert_eq!(pattern.matches(&git_name(url)), expected, "{pattern:?} {url}");
        }
        assert!(Pattern::parse_git("github.com").is_err());
        assert!(Pattern::parse_git("github.com/a**").is_err());
    }

    #[test]
    fn what_is_no_pattern_is_said() {
        let said = |text: &str| Pattern::parse(text).unwrap_err();
        insta::assert_snapshot!(said("registry.example/acme/lint:1.0"), @"a pattern is of repositories, without tag or digest: a tag can be moved, and a digest needs no signature");
        insta::assert_snapshot!(said("registry.example"), @"a pattern is HOST/NAME, such as `registry.example/acme/**`; `**` alone is everything");
        insta::assert_snapshot!(said("registry.example/acme**"), @"`**` stands for whole parts between `/`, and no part is empty");
        assert!(Pattern::parse("registry.example//x").is_err() && Pattern::parse("").is_err());
    }
}
