//! Patterns of file names as Go's `path.Match` understands them: `*`, `?`, `[a-z]`, `\` before a letter. None crosses a slash.

/// Whether the pattern matches the whole name; none when the pattern is malformed.
pub(crate) fn matches(pattern: &str, name: &str) -> Option<bool> {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    well_formed(&pattern)?;
    Some(fits(&pattern, &name))
}

/// Backtracks to the last star only, so the time is bounded by the product of the lengths.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        let one = match pattern.get(at) {
            Some('*') => {
                star = Some((at + 1, from));
                at += 1;
                continue;
            }
            None if from == name.len() => return true,
            None => None,
            Some(_) => name.get(from).and_then(|letter| single(pattern.get(at..)?, *letter)),
        };
        if let Some(length) = one {
            at += length;
            from += 1;
        } else if let Some((after, skipped)) =
            star.filter(|(_, skipped)| name.get(*skipped).is_some_and(|letter| *letter != '/'))
        {
            star = Some((after, skipped + 1));
            (at, from) = (after, skipped + 1);
        } else {
            return false;
        }
    }
}

/// How much of the pattern matches this one letter.
fn single(pattern: &[char], letter: char) -> Option<usize> {
    match pattern {
        ['?', ..] => (letter != '/').then_some(1),
        ['\\', escaped, ..] => (*escaped == letter).then_some(2),
        ['[', ..] => {
            let (length, inside) = class(pattern, letter)?;
            inside.then_some(length)
        }
        [first, ..] => (*first == letter).then_some(1),
        [] => None,
    }
}

/// Length of the class at the beginning, and whether the letter is in it; none when it is malformed.
fn class(pattern: &[char], letter: char) -> Option<(usize, bool)> {
    let negated = pattern.get(1) == Some(&'^');
    let mut at = if negated { 2 } else { 1 };
    let mut inside = false;
    let mut members = 0;
    loop {
        if pattern.get(at) == Some(&']') && members > 0 {
            return Some((at + 1, inside != negated && letter != '/'));
        }
        let low = member(pattern, &mut at)?;
        let high = if pattern.get(at) == Some(&'-') {
            at += 1;
            member(pattern, &mut at)?
        } else {
            low
        };
        inside |= (low..=high).contains(&letter);
        members += 1;
    }
}

fn member(pattern: &[char], at: &mut usize) -> Option<char> {
    let first = *pattern.get(*at)?;
    *at += 1;
    match first {
        '\\' => {
            let escaped = *pattern.get(*at)?;
            *at += 1;
            Some(escaped)
        }
        '-' | ']' => None,
        letter => Some(letter),
    }
}

fn well_formed(pattern: &[char]) -> Option<()> {
    let mut at = 0;
    while let Some(first) = pattern.get(at) {
        at += match first {
            '\\' => pattern.get(at + 1).map(|_| 2)?,
            '[' => class(pattern.get(at..)?, 'a')?.0,
            _ => 1,
        };
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::matches;
    use proptest::prelude::*;

    #[test]
    fn patterns_match_as_in_go() {
        for (pattern, name, expected) in [
            ("abc", "abc", Some(true)),
            ("*", "abc", Some(true)),
            ("*c", "abc", Some(true)),
            ("a*", "a", Some(true)),
            ("a*/b", "abc/b", Some(true)),
            ("a*/b", "a/c/b", Some(false)),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/f", Some(true)),
            ("ab[c]", "abc", Some(true)),
            ("ab[b-d]", "abc", Some(true)),
            ("ab[^c]", "abc", Some(false)),
            ("ab[^e-g]", "abc", Some(true)),
            ("a\\*b", "a*b", Some(true)),
            ("a\\*b", "ab", Some(false)),
            ("a?b", "a☺b", Some(true)),
            ("a???b", "a☺b", Some(false)),
            ("[\\]a]", "]", Some(true)),
            ("[x\\-]", "-", Some(true)),
            ("[]a]", "]", None),
            ("[-]", "-", None),
            ("[x-]", "x", None),
            ("[", "a", None),
            ("a[", "ab", None),
            ("*x", "xxx", Some(true)),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    proptest! {
        #[test]
        fn a_name_matches_itself(name in "[a-z./]{0,20}") {
            prop_assert_eq!(matches(&name, &name), Some(true));
        }

        #[test]
        fn no_pattern_makes_it_panic(pattern in "[a*?\\[\\]^\\\\-]{0,12}", name in "[a-]{0,12}") {
            matches(&pattern, &name);
        }
    }
}
