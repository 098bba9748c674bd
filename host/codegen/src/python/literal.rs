//! Default values as Python expressions.

use serde_json::Value;

use super::code::string;

/// A GraphQL literal of the core schema; none when Python has no plain literal for it. An enum's member needs `enum_type`.
pub(super) fn graphql(literal: &str, enum_type: Option<&str>) -> Option<String> {
    if let Some(enum_type) = enum_type {
        return Some(format!("{enum_type}.{literal}"));
    }
    json(&serde_json::from_str(literal).ok()?)
}

/// A JSON value.
pub(super) fn json(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("None".to_owned()),
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(string(text)),
        Value::Array(_) | Value::Object(_) => None,
    }
}
