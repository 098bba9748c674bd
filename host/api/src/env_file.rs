//! `EnvFile`: environment variables in the form of a `.env` file.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::dotenv::{self, Evaluator};
use crate::error::ApiError;
use crate::file::File;
use crate::literal;
use crate::recipe::Call;
use dockwright_schema::{Principal, Request, Resolved};
use serde_json::{Value, json};
use std::sync::Arc;

/// State of a file of variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EnvFile {
    /// Names and raw values, in order.
    variables: Vec<(String, String)>,
    /// Variables that only references see: those that a namespace left out.
    context: Vec<(String, String)>,
}

impl CoreObject for EnvFile {
    const TYPE: &'static str = "EnvFile";
    const VALUES: &'static [&'static str] = &["exists", "get", "variables"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "envFile"),
        ("File", "asEnvFile"),
        ("EnvFile", "namespace"),
        ("EnvFile", "withVariable"),
        ("EnvFile", "withoutVariable"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "envFile") => Ok(EnvFile::default()),
            ("File", "asEnvFile") => {
                let file = api.parent_state::<File>(call, request).await?;
                Ok(EnvFile {
                    variables: dotenv::parse(&file.text(api).await?),
                    context: Vec::new(),
                })
            }
            ("EnvFile", field) => {
                let mut file = (*api.parent_state::<EnvFile>(call, request).await?).clone();
                match field {
                    "namespace" => return Ok(file.namespace(arguments.text("prefix")?)),
                    "withVariable" => {
                        let name = arguments.text("name")?;
                        dotenv::set(&mut file.variables, name, arguments.text("value")?);
                    }
                    _ => {
                        let name = arguments.text("name")?;
                        file.variables.retain(|(known, _)| known != name);
                    }
                }
                Ok(file)
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        let arguments = field.arguments;
        let is_raw = arguments.flag("raw");
        Ok(match field.name {
            "exists" => Resolved::Value(Value::Bool(self.raw(arguments.text("name")?).is_some())),
            "get" => {
                let name = arguments.text("name")?;
                let value = if is_raw {
                    self.raw(name).map(str::to_owned)
                } else {
                    self.evaluated(name, &field.request.principal)?
                };
                Resolved::Value(Value::String(value.ok_or_else(|| {
                    ApiError::other(format!("there is no variable `{name}` in the file"))
                })?))
            }
            "variables" => {
                let mut variables = if is_raw {
                    self.variables.clone()
                } else {
                    self.all(&field.request.principal)?
                };
                variables.sort();
                literal::list(
                    field.api,
                    "EnvVariable",
                    variables
                        .into_iter()
                        .map(|(name, value)| json!({"name": name, "value": value})),
                )
            }
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl EnvFile {
    /// The variables in a file's text.
    pub(crate) fn parse(text: &str) -> EnvFile {
        EnvFile {
            variables: dotenv::parse(text),
            context: Vec::new(),
        }
    }

    /// Adds the variables of another; they win.
    pub(crate) fn overlay(&mut self, other: &EnvFile) {
        for (name, value) in &other.variables {
            dotenv::set(&mut self.variables, name, value);
        }
    }

    /// Names and values as they are written.
    pub(crate) fn raw_variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// The file's text.
    pub(crate) fn text(&self) -> String {
        self.variables
            .iter()
            .map(|(name, value)| format!("{name}={value}\n"))
            .collect()
    }

    /// Names and values in order, references filled in.
    pub(crate) fn all(&self, principal: &Principal) -> Result<Vec<(String, String)>, ApiError> {
        let outside = outside(principal);
        let evaluator = Evaluator::new(self.context.iter().chain(&self.variables), &outside);
        self.variables
            .iter()
            .map(|(name, _)| {
                let value = evaluator
                    .value(name)
                    .map_err(|error| ApiError::other(error.to_string()))?;
                Ok((name.clone(), value.unwrap_or_default()))
            })
            .collect()
    }

    fn raw(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn evaluated(&self, name: &str, principal: &Principal) -> Result<Option<String>, ApiError> {
        if self.raw(name).is_none() {
            return Ok(None);
        }
        let outside = outside(principal);
        Evaluator::new(self.context.iter().chain(&self.variables), &outside)
            .value(name)
            .map_err(|error| ApiError::other(error.to_string()))
    }

    /// The variables whose names begin with the prefix, without it; the others stay as what references may name.
    pub(crate) fn namespace(&self, prefix: &str) -> EnvFile {
        let prefixes = [format!("{}_", lower_camel(prefix)), snake(prefix)];
        let mut result = EnvFile {
            variables: Vec::new(),
            context: self.context.clone(),
        };
        for (name, value) in &self.variables {
            let rest = prefixes.iter().find_map(|prefix| {
                let (start, rest) = name.split_at_checked(prefix.len())?;
                start.eq_ignore_ascii_case(prefix).then_some(rest)
            });
            match rest {
                Some(rest) => dotenv::set(&mut result.variables, rest, value),
                None => dotenv::set(&mut result.context, name, value),
            }
        }
        result
    }
}

/// Variables of the caller's environment; a module has none.
fn outside(principal: &Principal) -> impl Fn(&str) -> Option<String> + use<> {
    let is_host = matches!(principal, Principal::CommandLine | Principal::Client);
    move |name| if is_host { std::env::var(name).ok() } else { None }
}

/// The words of a name, split at `-`, `_`, blanks and capitals.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for c in name.chars() {
        let is_separator = !c.is_alphanumeric();
        if is_separator || (after_lower && c.is_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| !is_separator) {
            word.extend(c.to_lowercase());
        }
        after_lower = c.is_lowercase() || c.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn snake(name: &str) -> String {
    format!("{}_", words(name).join("_"))
}

fn lower_camel(name: &str) -> String {
    let capitalised = |word: &String| {
        let mut chars = word.chars();
        chars
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    let words = words(name);
    let (first, rest) = words
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    rest.iter()
        .fold(first.to_owned(), |name, word| name + &capitalised(word))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn a_namespace_is_found_in_whatever_spelling() {
        let file = EnvFile {
            variables: dotenv::parse("my_app_token=1\nmyApp_name=2\nMY_aPp_URL=$ROOT/x\nROOT=/r\nmy_apple=3"),
            context: Vec::new(),
        };
        for prefix in ["my-app", "my_app", "my_app_", "myApp"] {
            let shown: Vec<_> = file.namespace(prefix).all(&Principal::CommandLine).unwrap();
            let shown: Vec<_> = shown.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(shown, ["token=1", "name=2", "URL=/r/x"], "{prefix}");
        }
        assert_eq!(file.namespace("other").variables, []);
    }
}
