//! A list of patterns, applied to the paths of a tree from the top down.

use super::glob::Glob;

/// A pattern that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bad pattern `{pattern}`: {reason}")]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

#[derive(Clone, Debug)]
struct Rule {
    glob: Glob,
    /// Begins with `!`: takes back what earlier rules matched.
    negated: bool,
}

/// Patterns in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct PatternList(Vec<Rule>);

/// Which rules matched a directory or one above it; what is in it inherits that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inherited(Vec<bool>);

impl PatternList {
    /// Empty patterns and those of white space are left out.
    pub(crate) fn parse(patterns: &[String]) -> Result<Self, PatternError> {
        let mut rules = Vec::new();
        for pattern in patterns {
            let trimmed = pattern.trim();
            let (negated, text) = trimmed
                .strip_prefix('!')
                .map_or((false, trimmed), |rest| (true, rest.trim()));
            if text.is_empty() && negated {
                return Err(PatternError {
                    pattern: pattern.clone(),
                    reason: "nothing follows the !",
                });
            }
            let text = clean(text);
            // `.` is the directory itself, which is there in any case.
            if !text.is_empty() {
                rules.push(Rule {
                    glob: Glob::parse(&text)?,
                    negated,
                });
            }
        }
        Ok(Self(rules))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the path matches, and what its own content inherits.
    pub(crate) fn matches(&self, path: &str, above: &Inherited) -> (bool, Inherited) {
        let mut matched = false;
        let mut own = Vec::with_capacity(self.0.len());
        for (number, rule) in self.0.iter().enumerate() {
            let hit = above.0.get(number).copied().unwrap_or_default() || rule.glob.matches(path);
            if hit {
                matched = !rule.negated;
            }
            own.push(hit);
        }
        (matched, Inherited(own))
    }

    /// Whether a rule that takes (`negated` false) or takes back (true) could match something below the directory.
    pub(crate) fn could_match_below(&self, directory: &str, negated: bool) -> bool {
        self.0
            .iter()
            .any(|rule| rule.negated == negated && rule.glob.could_match_below(directory))
    }
}

/// The path without `.`, doubled slashes, and slashes at its ends; `..` takes the name before it away.
fn clean(pattern: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in pattern.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "tests stop at the first surprise"
    )]
    use super::{Inherited, PatternList, clean};
    use proptest::prelude::*;

    fn list(patterns: &[&str]) -> PatternList {
        PatternList::parse(&patterns.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    /// From the top of the tree down to the path, as a walk does.
    fn walk(list: &PatternList, path: &str) -> bool {
        let mut above = Inherited::default();
        let mut matched = false;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            (matched, above) = list.matches(&path[..end], &above);
        }
        matched
    }

    #[test]
    fn the_last_rule_that_matches_decides() {
        let rules = list(&["node_modules", "!node_modules/keep", "*.log", "  ", "/build/"]);
        for (path, expected) in [
            ("node_modules", true),
            ("node_modules/a/b", true),
            ("node_modules/keep", false),
            ("node_modules/keep/x", false),
            ("a.log", true),
            ("d/a.log", false),
            ("build", true),
            ("build/x", true),
            ("src/build", false),
        ] {
            assert_eq!(walk(&rules, path), expected, "{path}");
        }
    }

    #[test]
    fn patterns_are_cleaned_like_paths() {
        assert_eq!(clean("/a//./b/"), "a/b");
        assert_eq!(clean("a/../b"), "b");
        assert_eq!(clean("."), "");
        assert!(PatternList::parse(&["!".to_owned()]).is_err());
    }

    /// What the walk must come to, said without a walk: a rule matches a path if it matches it or a directory above it.
    fn oracle(patterns: &[String], path: &str) -> bool {
        let mut matched = false;
        for pattern in patterns {
            let (negated, text) = pattern
                .strip_prefix('!')
                .map_or((false, pattern.as_str()), |rest| (true, rest));
            let expression: Vec<char> = clean(text).chars().collect();
            let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
            if ends
                .into_iter()
                .any(|end| backtrack(&expression, &path.chars().take(end).collect::<Vec<_>>()))
            {
                matched = !negated;
            }
        }
        matched
    }

    /// The obvious matcher that tries everything; for patterns of letters, `*`, `**`, `?` and `/` only.
    fn backtrack(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', '*', '/', rest @ ..] => {
                backtrack(rest, text) || (0..text.len()).any(|i| text[i] == '/' && backtrack(rest, &text[i + 1..]))
            }
            ['*', '*', rest @ ..] => (0..=text.len()).any(|i| backtrack(rest, &text[i..])),
            ['*', rest @ ..] => (0..=text.len())
                .take_while(|i| !text[..*i].contains(&'/'))
                .any(|i| backtrack(rest, &text[i..])),
            ['?', rest @ ..] => text.first().is_some_and(|c| *c != '/') && backtrack(rest, &text[1..]),
            [c, rest @ ..] => text.first() == Some(c) && backtrack(rest, &text[1..]),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_walk_agrees_with_the_definition(
            patterns in prop::collection::vec("!?(a|b|\\*\\*/|\\*|\\?|/){1,6}".prop_filter("no triple star", |p| !p.contains("***")), 1..5),
            path in "[ab]{1,2}(/[ab]{1,2}){0,3}",
        ) {
            prop_assume!(patterns.iter().all(|p| p != "!"));
            let kept: Vec<String> = patterns.iter().filter(|p| !clean(p.trim_start_matches('!')).is_empty()).cloned().collect();
            let list = PatternList::parse(&patterns).unwrap();
            prop_assert_eq!(walk(&list, &path), oracle(&kept, &path));
        }

        #[test]
        fn a_directory_that_is_given_up_holds_no_match(
            pattern in "(a|b|\\*\\*/|\\*|\\?|/){1,6}",
            directory in "[ab]{1,2}(/[ab]{1,2}){0,2}",
            below in "[ab]{1,2}(/[ab]{1,2}){0,2}",
        ) {
            let list = PatternList::parse(&[pattern]).unwrap();
            let (matched, _) = list.matches(&format!("{directory}/{below}"), &Inherited::default());
            if !list.could_match_below(&directory, false) {
                prop_assert!(!matched);
            }
        }
    }
}
