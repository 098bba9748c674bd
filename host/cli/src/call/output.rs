//! How a result is shown and saved.

use crate::call::plan::{Leaf, Plan};
use crate::call::query::results;
use crate::error::CliError;
use dockwright_schema::ObjectId;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

/// What stdout gets, for the response's data. `terminal` says whether a person reads it.
pub(crate) fn print(plan: &Plan, data: Value, terminal: bool) -> Result<String, CliError> {
    let value = results(plan, data);
    if plan.output.is_some() && matches!(plan.leaf, Leaf::Object { export: true, .. }) {
        return Ok(String::new());
    }
    if plan.json {
        return json(&value);
    }
    Ok(match (&plan.leaf, value) {
        (Leaf::Value, Value::Null) => String::new(),
        (Leaf::Value, Value::Array(items)) => lines(&items, plain),
        (Leaf::Value, value @ Value::Object(_)) => json(&value)?,
        (Leaf::Value, value) => {
            let text = plain(&value);
            let newline = if terminal && !text.ends_with('\n') { "\n" } else { "" };
            text + newline
        }
        (Leaf::Object { .. }, Value::Null) => "null\n".to_owned(),
        (Leaf::Object { .. }, Value::Array(items)) => lines(&items, printed_id),
        (Leaf::Object { .. }, value) => format!("{}\n", printed_id(&value)),
        (Leaf::List(_), Value::Array(items)) => items.iter().map(|item| format!("- {}\n", printed_id(item))).collect(),
        (Leaf::List(_), value) => format!("{}\n", printed_id(&value)),
    })
}

/// Saves the result of a plain value to the plan's path, and says where it is; none when there is nothing to save here.
pub(crate) fn write(plan: &Plan, printed: &str) -> Result<Option<String>, CliError> {
    let Some(path) = &plan.output else { return Ok(None) };
    let full = std::path::absolute(path)?;
    match &plan.leaf {
        Leaf::Object { export: true, .. } => Ok(Some(format!("Saved to \"{}\".\n", full.display()))),
        Leaf::Value => {
            if let Some(parent) = full.parent() {
                fs_err::create_dir_all(parent)?;
            }
            fs_err::write(&full, printed)?;
            Ok(Some(saved(&full)))
        }
        Leaf::Object { name, .. } | Leaf::List(name) => Err(CliError::other(
            "call::output",
            format!("--output: a {name} cannot be written to a path; call a function of it"),
        )),
    }
}

fn saved(path: &Path) -> String {
    format!("Saved output to \"{}\".\n", path.display())
}

/// JSON as users read it.
pub(crate) fn json(value: &Value) -> Result<String, CliError> {
    let mut text = Vec::new();
    let mut serializer =
        serde_json::Serializer::with_formatter(&mut text, serde_json::ser::PrettyFormatter::with_indent(b"    "));
    value.serialize(&mut serializer).map_err(std::io::Error::from)?;
    Ok(String::from_utf8_lossy(&text).into_owned() + "\n")
}

fn lines(items: &[Value], show: impl Fn(&Value) -> String) -> String {
    items
        .iter()
        .map(|item| match item {
            Value::Array(inner) => lines(inner, plain),
            other => show(other) + "\n",
        })
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        // A whole number is printed without a fraction, whatever its type, as Dagger does.
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => float.to_string(),
            None => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// `Container@` and the beginning of the digest.
fn printed_id(value: &Value) -> String {
    let text = plain(value);
    text.parse::<ObjectId>()
        .map_or(text, |id| format!("{}@{}", id.type_name(), id.short()))
}

#[cfg(test)]
mod tests {
    use super::plain;
    use serde_json::json;

    #[test]
    fn numbers_are_printed_as_users_write_them() {
        for (value, text) in [
            (json!(3.0), "3"),
            (json!(0.1), "0.1"),
            (json!(-2), "-2"),
            (json!(u64::MAX), "18446744073709551615"),
        ] {
            assert_eq!(plain(&value), text);
        }
    }
}
