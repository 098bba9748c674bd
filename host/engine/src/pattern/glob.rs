//! One pattern, matched against a whole path without backtracking: time is at most (length of pattern) × (length of path).

use super::PatternError;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// This character.
    Literal(char),
    /// `?`: any but `/`.
    One,
    /// `[…]`: any but `/` that is in (or, negated, not in) one of the ranges.
    Class { negated: bool, ranges: Vec<(char, char)> },
    /// `*`: any number, none of them `/`.
    Star,
    /// `**`: any number of any.
    DeepStar,
    /// `**/`: nothing, or anything that ends in `/`. Followed by [`Token::DeepStar`] and a literal `/`, which it can skip.
    Optional,
}

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glob(Vec<Token>);

/// How much of a pattern some text can have matched: positions in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Progress(Vec<bool>);

impl Glob {
    pub(crate) fn parse(pattern: &str) -> Result<Self, PatternError> {
        let error = |reason| PatternError {
            pattern: pattern.to_owned(),
            reason,
        };
        let mut tokens = Vec::new();
        let mut rest = pattern.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '*' if rest.next_if_eq(&'*').is_some() => {
                    while rest.next_if_eq(&'*').is_some() {}
                    if rest.next_if_eq(&'/').is_some() {
                        tokens.extend([Token::Optional, Token::DeepStar, Token::Literal('/')]);
                    } else {
                        tokens.push(Token::DeepStar);
                    }
                }
                '*' => tokens.push(Token::Star),
                '?' => tokens.push(Token::One),
                '[' => tokens.push(class(&mut rest).ok_or_else(|| error("a [ without a proper ]"))?),
                '\\' => tokens.push(Token::Literal(
                    rest.next().ok_or_else(|| error("nothing follows the last \\"))?,
                )),
                c => tokens.push(Token::Literal(c)),
            }
        }
        Ok(Self(tokens))
    }

    pub(crate) fn matches(&self, path: &str) -> bool {
        let progress = self.advance(self.start(), path);
        progress.0.last().copied().unwrap_or_default()
    }

    /// Whether some longer path below the directory could match.
    pub(crate) fn could_match_below(&self, directory: &str) -> bool {
        let progress = self.advance(self.advance(self.start(), directory), "/");
        progress.0.iter().any(|reached| *reached)
    }

    fn start(&self) -> Progress {
        let mut progress = Progress(vec![false; self.0.len() + 1]);
        self.reach(&mut progress.0, 0);
        progress
    }

    /// Marks a position and all that can be reached from it without a character.
    fn reach(&self, positions: &mut [bool], position: usize) {
        let Some(slot) = positions.get_mut(position) else {
            return;
        };
        if std::mem::replace(slot, true) {
            return;
        }
        match self.0.get(position) {
            Some(Token::Star | Token::DeepStar) => self.reach(positions, position + 1),
            Some(Token::Optional) => {
                self.reach(positions, position + 1);
                self.reach(positions, position + 3);
            }
            _ => {}
        }
    }

    fn advance(&self, mut from: Progress, text: &str) -> Progress {
        for c in text.chars() {
            let mut next = vec![false; self.0.len() + 1];
            for (position, token) in self
                .0
                .iter()
                .enumerate()
                .filter(|(position, _)| from.0.get(*position) == Some(&true))
            {
                match token {
                    Token::Literal(literal) if *literal == c => self.reach(&mut next, position + 1),
                    Token::One if c != '/' => self.reach(&mut next, position + 1),
                    Token::Class { negated, ranges } if c != '/' => {
                        if ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated {
                            self.reach(&mut next, position + 1);
                        }
                    }
                    Token::Star if c != '/' => self.reach(&mut next, position),
                    Token::DeepStar => self.reach(&mut next, position),
                    _ => {}
                }
            }
            from = Progress(next);
        }
        from
    }
}

/// The rest of a `[…]` after its `[`.
fn class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Token> {
    let negated = rest.next_if(|c| matches!(c, '^' | '!')).is_some();
    let mut ranges = Vec::new();
    loop {
        let low = match rest.next()? {
            ']' if !ranges.is_empty() => return Some(Token::Class { negated, ranges }),
            '\\' => rest.next()?,
            c => c,
        };
        let high = if rest.next_if_eq(&'-').is_some() {
            match rest.next()? {
                '\\' => rest.next()?,
                c => c,
            }
        } else {
            low
        };
        ranges.push((low, high));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Glob;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::parse(pattern).unwrap().matches(path)
    }

    #[test]
    fn wildcards_match_what_docker_says() {
        for (pattern, path, expected) in [
            ("*.rs", "a.rs", true),
            ("*.rs", "d/a.rs", false),
            ("**/*.rs", "a.rs", true),
            ("**/*.rs", "d/e/a.rs", true),
            ("**", "d/e", true),
            ("a**b", "a/x/b", true),
            ("a/**", "a", false),
            ("a/**", "a/b/c", true),
            ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b", true),
            ("a/**/b", "a/xb", false),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("[^a-c]x", "/x", false),
            ("[]a]x", "]x", true),
            (r"\*", "*", true),
            (r"\*", "a", false),
            ("a.b", "axb", false),
            ("é*", "éa", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn hopeless_directories_are_known() {
        let below = |pattern: &str, directory: &str| Glob::parse(pattern).unwrap().could_match_below(directory);
        assert!(below("a/b/*.rs", "a") && below("a/b/*.rs", "a/b"));
        assert!(!below("a/b/*.rs", "b") && !below("a/b/*.rs", "a/b/c"));
        assert!(below("**/x", "any/where"));
        assert!(!below("x", "x"));
    }

    #[test]
    fn hostile_patterns_do_not_hang() {
        let pattern = "**/a*".repeat(200);
        assert!(!matches(&pattern, &"a/".repeat(2000)));
    }

    #[test]
    fn broken_patterns_are_named() {
        for pattern in ["[a", "[", r"a\", "[a-"] {
            assert!(Glob::parse(pattern).unwrap_err().to_string().contains(pattern));
        }
    }
}
