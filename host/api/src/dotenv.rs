//! Variables in the form of `.env` files. Pure: where unknown names are looked up is the caller's affair.

use std::cell::RefCell;
use std::collections::HashMap;

/// Why a variable has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DotenvError {
    /// It names a variable that nobody knows.
    #[error(
        "variable `{variable}`: `{name}` is not set; set it in the file or in the environment, or write `\\$` for a dollar sign"
    )]
    Unset {
        /// The variable with the reference.
        variable: String,
        /// What it refers to.
        name: String,
    },
    /// It needs its own value.
    #[error("variable `{0}` refers to itself, directly or through others")]
    Circular(String),
    /// A quotation mark has no partner.
    #[error("variable `{variable}`: {quote} is never closed")]
    Unclosed {
        /// The variable.
        variable: String,
        /// The mark.
        quote: char,
    },
}

/// Name and raw value of each line; comments, empty lines and a leading `export` are left out. A later line of the same name wins.
pub(crate) fn parse(text: &str) -> Vec<(String, String)> {
    let mut variables = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = match line.strip_prefix("export") {
            Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
            _ => line,
        };
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        set(&mut variables, name.trim_end(), value);
    }
    variables
}

/// Gives a variable its raw value, in its old place if it has one.
pub(crate) fn set(variables: &mut Vec<(String, String)>, name: &str, value: &str) {
    match variables.iter_mut().find(|(known, _)| known == name) {
        Some((_, slot)) => value.clone_into(slot),
        None => variables.push((name.to_owned(), value.to_owned())),
    }
}

/// Works out values: quotes are taken off, references filled in.
pub(crate) struct Evaluator<'a> {
    raw: HashMap<&'a str, &'a str>,
    outside: &'a dyn Fn(&str) -> Option<String>,
    known: RefCell<HashMap<&'a str, String>>,
}

impl<'a> Evaluator<'a> {
    /// Of these variables; names that are not among them are asked of `outside`.
    pub(crate) fn new(
        variables: impl IntoIterator<Item = &'a (String, String)>,
        outside: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        Self {
            raw: variables
                .into_iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
            outside,
            known: RefCell::default(),
        }
    }

    /// The value of a variable; none when there is no such.
    pub(crate) fn value(&self, name: &str) -> Result<Option<String>, DotenvError> {
        self.find(name, &mut Vec::new())
    }

    fn find(&self, name: &str, within: &mut Vec<&'a str>) -> Result<Option<String>, DotenvError> {
        let Some((name, raw)) = self.raw.get_key_value(name) else {
            return Ok(None);
        };
        if let Some(value) = self.known.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        if within.contains(name) {
            return Err(DotenvError::Circular((*name).to_owned()));
        }
        within.push(name);
        let value = self.expand(name, raw, within)?;
        within.pop();
        self.known.borrow_mut().insert(name, value.clone());
        Ok(Some(value))
    }

    fn expand(&self, variable: &str, raw: &str, within: &mut Vec<&'a str>) -> Result<String, DotenvError> {
        let mut result = String::with_capacity(raw.len());
        let mut rest = raw;
        let mut quoted = false;
        // Where blanks at the end may be cut off: not within quotes.
        let mut kept = 0;
        while let Some(next) = rest.chars().next() {
            let after = rest.get(next.len_utf8()..).unwrap_or_default();
            match next {
                '\'' if !quoted => {
                    let (inner, after) = after.split_once('\'').ok_or_else(|| DotenvError::Unclosed {
                        variable: variable.to_owned(),
                        quote: '\'',
                    })?;
                    result.push_str(inner);
                    kept = result.len();
                    rest = after;
                    continue;
                }
                '"' => {
                    quoted = !quoted;
                    kept = result.len();
                }
                '\\' => {
                    let escaped = after.chars().next();
                    match escaped {
                        Some(c) if !quoted || "$\"\\`".contains(c) => {
                            result.push(c);
                            kept = result.len();
                            rest = after.get(c.len_utf8()..).unwrap_or_default();
                            continue;
                        }
                        _ => result.push('\\'),
                    }
                }
                '$' => {
                    let (value, after) = self.reference(variable, after, within)?;
                    result.push_str(&value);
                    rest = after;
                    continue;
                }
                '#' if !quoted && (result.is_empty() || result.ends_with([' ', '\t'])) && rest.len() < raw.len() => {
                    break;
                }
                other => result.push(other),
            }
            rest = after;
        }
        if quoted {
            return Err(DotenvError::Unclosed {
                variable: variable.to_owned(),
                quote: '"',
            });
        }
        let end = result.trim_end_matches([' ', '\t']).len().max(kept);
        result.truncate(end);
        Ok(result)
    }

    /// What follows a `$`: the value it stands for, and the text after it.
    fn reference<'t>(
        &self,
        variable: &str,
        text: &'t str,
        within: &mut Vec<&'a str>,
    ) -> Result<(String, &'t str), DotenvError> {
        let (name, default, after) = match text.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((inner, after)) => match inner.split_once(":-") {
                Some((name, default)) => (name, Some(default), after),
                None => (inner, None, after),
            },
            None => {
                let end = text
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(text.len());
                let (name, after) = text.split_at(end);
                (name, None, after)
            }
        };
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(("$".to_owned(), text));
        }
        let found = match self.find(name, within)? {
            Some(value) => Some(value),
            None => (self.outside)(name),
        };
        match (found, default) {
            (Some(value), None) => Ok((value, after)),
            (Some(value), Some(_)) if !value.is_empty() => Ok((value, after)),
            (_, Some(default)) => Ok((default.to_owned(), after)),
            (None, None) => Err(DotenvError::Unset {
                variable: variable.to_owned(),
                name: name.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn value(text: &str, name: &str) -> Result<Option<String>, DotenvError> {
        let variables = parse(text);
        let outside = |name: &str| (name == "HOME").then(|| "/home/me".to_owned());
        Evaluator::new(&variables, &outside).value(name)
    }

    fn some(text: &str) -> String {
        value(text, "V").unwrap().unwrap()
    }

    #[test]
    fn lines_become_variables() {
        let variables = parse("# comment\n\nexport A=1\nB = 2\nA=3\nexported=x\nC\n");
        let shown: Vec<_> = variables
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(shown, ["A=3", "B= 2", "exported=x", "C="]);
    }

    #[test]
    fn quotes_and_references() {
        assert_eq!(some("V=plain text  # comment"), "plain text");
        assert_eq!(some("V='as $it is'"), "as $it is");
        assert_eq!(some("N=dog\nV=\"a \\\"$N\\\" ${N}s #1 \""), "a \"dog\" dogs #1 ");
        assert_eq!(some("V=$HOME/x"), "/home/me/x");
        assert_eq!(some("V=${NOPE:-else}"), "else");
        assert_eq!(some("V=cost \\$5 $5"), "cost $5 $5");
        assert_eq!(some("V=a#b"), "a#b");
        assert_eq!(some("V=$LATER\nLATER=$HOME"), "/home/me");
        assert_eq!(value("A=1", "B").unwrap(), None);
    }

    #[test]
    fn faults_are_told() {
        let message = |text: &str| value(text, "V").unwrap_err().to_string();
        assert_eq!(
            message("V=$A\nA=$V"),
            "variable `V` refers to itself, directly or through others"
        );
        assert!(message("V=$NOPE").starts_with("variable `V`: `NOPE` is not set"));
        assert_eq!(message("V=\"x"), "variable `V`: \" is never closed");
        assert_eq!(message("V='x"), "variable `V`: ' is never closed");
    }
}
