//! Annotated functions of a module, as the API lists them. Listing runs no code and needs no engine.

use crate::commands::request;
use crate::error::CliError;
use crate::session::Session;
use dockwright_schema::VisibleModule;
use serde::Deserialize;
use serde_json::{Value, json};

/// Which functions are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Those with `check`.
    Check,
    /// Those with `generate`.
    Generator,
    /// Those with `up`.
    Service,
}

impl Kind {
    /// The field of `Module` that lists them.
    fn field(self) -> &'static str {
        match self {
            Kind::Check => "checks",
            Kind::Generator => "generators",
            Kind::Service => "services",
        }
    }

    /// What users call one, and how one is declared.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Kind::Check => ("check", "@check in Python, @check() in TypeScript, +check in Go"),
            Kind::Generator => (
                "generator",
                "@generate in Python, @generate() in TypeScript, +generate in Go",
            ),
            Kind::Service => ("service", "@up in Python, @up() in TypeScript, +up in Go"),
        }
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Listed {
    /// ID of the object.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Documentation.
    pub description: String,
    /// For a check: `check` or `generate`.
    #[serde(default)]
    pub check_type: String,
}

/// Those of the module that one of the patterns names; all without patterns.
pub(crate) async fn list(
    session: &Session,
    module: &VisibleModule,
    kind: Kind,
    patterns: &[String],
) -> Result<Vec<Listed>, CliError> {
    let more = if kind == Kind::Check { " checkType" } else { "" };
    let field = kind.field();
    let document = format!(
        "query($module: ID!, $include: [String!]) {{ node(id: $module) {{ ... on Module {{ \
         listed: {field}(include: $include) {{ list {{ id name description{more} }} }} }} }} }}"
    );
    let id = session.api()?.module_object(module).to_string();
    let variables = json!({"module": id, "include": patterns}).to_string();
    let mut data = request(session, document, Some(variables), None).await?;
    let list = data
        .pointer_mut("/node/listed/list")
        .map(Value::take)
        .unwrap_or_default();
    Ok(serde_json::from_value(list).map_err(std::io::Error::from)?)
}

/// Refuses an empty list, with what there is instead.
pub(crate) async fn require_any(
    session: &Session,
    module: &VisibleModule,
    kind: Kind,
    found: &[Listed],
) -> Result<(), CliError> {
    if !found.is_empty() {
        return Ok(());
    }
    let (noun, how) = kind.words();
    let name = &module.name;
    let all = list(session, module, kind, &[]).await?;
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    let message = match names.is_empty() {
        true => format!("module `{name}` has no {noun}: mark a function without required arguments with {how}"),
        false => format!(
            "no {noun} of module `{name}` is left to run; there are: {}",
            names.join(", ")
        ),
    };
    Err(CliError::other("annotated::none", message))
}

/// Names and first lines of descriptions.
pub(crate) fn table(listed: &[Listed]) -> String {
    let width = listed
        .iter()
        .map(|one| one.name.len())
        .chain([4])
        .max()
        .unwrap_or_default()
        + 3;
    let line = |name: &str, text: &str| format!("{name:width$}{text}\n");
    let described = |one: &Listed| {
        let first = one.description.lines().next().filter(|line| !line.is_empty());
        line(&one.name, first.unwrap_or("-"))
    };
    std::iter::once(line("Name", "Description"))
        .chain(listed.iter().map(described))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_with_what_they_do() {
        let one = |name: &str, description: &str| Listed {
            id: String::new(),
            name: name.to_owned(),
            description: description.to_owned(),
            check_type: String::new(),
        };
        let listed = [one("lint", "Checks style.\n\nMore."), one("backend:unit", "")];
        insta::assert_snapshot!(table(&listed), @r"
        Name           Description
        lint           Checks style.
        backend:unit   -
        ");
    }
}
