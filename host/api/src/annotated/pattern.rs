//! Which annotated functions a pattern names: `lint`, `backend`, `backend:*`, `**:unit`.

use super::found::Found;
use dockwright_schema::names::kebab_case;

/// Those that one of the patterns names, in their own order; all without patterns. `module` is what the module is called: a pattern may begin
/// with it.
pub(super) fn select(found: Vec<Found>, patterns: &[String], module: &str) -> Vec<Found> {
    if patterns.is_empty() {
        return found;
    }
    let is_named = |one: &Found| patterns.iter().any(|pattern| matches(pattern, &one.path, module));
    found.into_iter().filter(is_named).collect()
}

/// Whether the pattern names what is at the path, or something that it is below.
pub(crate) fn matches(pattern: &str, path: &[String], module: &str) -> bool {
    let pattern: Vec<String> = pattern.split([':', '/']).map(spelled).collect();
    let path: Vec<String> = path.iter().map(|part| kebab_case(part)).collect();
    let named =
        |path: &[String]| (1..=path.len()).any(|length| path.get(..length).is_some_and(|top| parts(&pattern, top)));
    let full: Vec<String> = std::iter::once(kebab_case(module)).chain(path.clone()).collect();
    named(&path) || named(&full)
}

/// A name in the spelling that users know, whatever the spelling of its parts.
pub(super) fn spelling(name: &str) -> String {
    let parts: Vec<String> = name.split([':', '/']).map(spelled).collect();
    parts.join(":")
}

/// A part of a pattern in the spelling of names; its wildcards stay.
fn spelled(part: &str) -> String {
    if part.contains(['*', '?']) {
        part.to_lowercase()
    } else {
        kebab_case(part)
    }
}

fn parts(pattern: &[String], path: &[String]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first == "**" => {
            parts(rest, path) || path.split_first().is_some_and(|(_, below)| parts(pattern, below))
        }
        (Some((first, rest)), Some((part, below))) => wildcard(first, part) && parts(rest, below),
        _ => false,
    }
}

/// `*` is any text, `?` any character.
fn wildcard(pattern: &str, text: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .any(|at| text.get(at..).is_some_and(|end| wildcard(rest, end)))
        }
        Some(letter) => {
            let mut others = text.chars();
            others.next().is_some_and(|other| letter == '?' || letter == other)
                && wildcard(letters.as_str(), others.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_functions_and_what_they_are_below() {
        let path = ["backend", "unitTests"].map(str::to_owned);
        for yes in [
            "backend",
            "backend:unit-tests",
            "backend:unitTests",
            "back*",
            "backend:*",
            "*:unit-tests",
            "**:unit-*",
            "**",
            "my-ci",
            "MyCi:backend",
            "backend/unit-tests",
        ] {
            assert!(matches(yes, &path, "my-ci"), "{yes}");
        }
        for no in [
            "",
            "unit-tests",
            "backend:unit",
            "frontend",
            "backend:unit-tests:more",
            "?",
            "my-ci:frontend",
        ] {
            assert!(!matches(no, &path, "my-ci"), "{no}");
        }
    }
}
