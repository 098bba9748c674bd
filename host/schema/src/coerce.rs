//! Arguments as they arrive, made into what the field declares. Lenient where clients of the API rely on it: enum members may be quoted,
//! numbers may be text, a single value stands for a list of one.

use crate::graph_type::{GraphArgument, GraphTypeKind, GraphTypeRef};
use crate::merge::Merged;
use serde_json::{Map, Value};

/// An argument does not fit its declared type.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoerceError {
    /// The value has the wrong type.
    #[error("argument `{path}`: expected {expected}, got {found}")]
    WrongType {
        /// Argument, and below it index or field.
        path: String,
        /// The declared type.
        expected: String,
        /// The value, shortened.
        found: String,
    },
    /// An argument that is needed was left out.
    #[error("argument `{path}` of type {expected} is missing")]
    Missing {
        /// Argument, and below it index or field.
        path: String,
        /// The declared type.
        expected: String,
    },
    /// The enum has no such member.
    #[error("argument `{path}`: value should be one of {choices}; got {found}")]
    NoSuchMember {
        /// Argument, and below it index or field.
        path: String,
        /// Members, comma-separated.
        choices: String,
        /// The value.
        found: String,
    },
    /// The input object has no such field.
    #[error("argument `{path}`: {input} has no field `{field}`")]
    NoSuchField {
        /// Argument.
        path: String,
        /// The input type.
        input: String,
        /// The field.
        field: String,
    },
}

/// All arguments of a field: declared ones in order, defaults filled in, absent optional ones left out.
pub fn arguments(
    merged: &Merged,
    declared: &[GraphArgument],
    mut given: Map<String, Value>,
) -> Result<Map<String, Value>, CoerceError> {
    let mut result = Map::new();
    for argument in declared {
        let value = given
            .remove(argument.name.as_ref())
            .filter(|value| !value.is_null())
            .or_else(|| argument.default.clone());
        match value {
            Some(value) => {
                let value = coerce(merged, &argument.name, &argument.r#type, value)?;
                result.insert(argument.name.clone().into_owned(), value);
            }
            None if argument.is_required() => {
                return Err(CoerceError::Missing {
                    path: argument.name.clone().into_owned(),
                    expected: argument.r#type.to_string(),
                });
            }
            None => {}
        }
    }
    Ok(result)
}

fn coerce(merged: &Merged, path: &str, reference: &GraphTypeRef, value: Value) -> Result<Value, CoerceError> {
    match reference {
        GraphTypeRef::NonNull(_) if value.is_null() => Err(CoerceError::Missing {
            path: path.to_owned(),
            expected: reference.to_string(),
        }),
        _ if value.is_null() => Ok(Value::Null),
        GraphTypeRef::NonNull(inner) => coerce(merged, path, inner, value),
        GraphTypeRef::List(inner) => {
            let items = match value {
                Value::Array(items) => items,
                single => vec![single],
            };
            let items = items
                .into_iter()
                .enumerate()
                .map(|(index, item)| coerce(merged, &format!("{path}[{index}]"), inner, item));
            items.collect::<Result<Vec<_>, _>>().map(Value::Array)
        }
        GraphTypeRef::Named(name) => named(merged, path, name, value),
    }
}

fn named(merged: &Merged, path: &str, name: &str, value: Value) -> Result<Value, CoerceError> {
    let wrong = |value: &Value| CoerceError::WrongType {
        path: path.to_owned(),
        expected: name.to_owned(),
        found: shorten(value),
    };
    match (name, value) {
        ("String" | "ID", value @ Value::String(_)) => Ok(value),
        ("Int", value) => match &value {
            Value::Number(number) if number.is_i64() => Ok(value),
            Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() == 0.0 && n.abs() < 9e15) => {
                Ok(number.as_f64().map_or(Value::Null, |n| Value::from(n as i64)))
            }
            Value::String(text) => text.parse::<i64>().map(Value::from).map_err(|_| wrong(&value)),
            _ => Err(wrong(&value)),
        },
        ("Float", value) => match &value {
            Value::Number(_) => Ok(value),
            Value::String(text) => text.parse::<f64>().map(Value::from).map_err(|_| wrong(&value)),
            _ => Err(wrong(&value)),
        },
        ("Boolean", value) => match &value {
            Value::Bool(_) => Ok(value),
            Value::String(text) => text.parse::<bool>().map(Value::from).map_err(|_| wrong(&value)),
            _ => Err(wrong(&value)),
        },
        ("String" | "ID", value) => Err(wrong(&value)),
        (_, value) => match merged.get(name).map(|found| &found.kind) {
            Some(GraphTypeKind::Enum { members }) => {
                let Value::String(text) = &value else {
                    return Err(wrong(&value));
                };
                let found = members
                    .iter()
                    .find(|m| m.name == *text)
                    .or_else(|| members.iter().find(|m| m.name.eq_ignore_ascii_case(text)));
                found
                    .map(|member| Value::String(member.value.clone().into_owned()))
                    .ok_or_else(|| CoerceError::NoSuchMember {
                        path: path.to_owned(),
                        choices: members
                            .iter()
                            .filter(|m| m.name == m.value)
                            .map(|m| m.name.as_ref())
                            .collect::<Vec<_>>()
                            .join(","),
                        found: text.clone(),
                    })
            }
            Some(GraphTypeKind::Input { fields }) => {
                let Value::Object(given) = value else {
                    return Err(wrong(&value));
                };
                if let Some(unknown) = given.keys().find(|key| !fields.iter().any(|field| field.name == **key)) {
                    return Err(CoerceError::NoSuchField {
                        path: path.to_owned(),
                        input: name.to_owned(),
                        field: unknown.clone(),
                    });
                }
                arguments(merged, fields, given).map(Value::Object)
            }
            _ => Ok(value),
        },
    }
}

fn shorten(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    fn call(type_name: &str, field: &str, given: Value) -> Result<Value, String> {
        let merged = Merged::core();
        let declared = &merged.get(type_name).unwrap().field(field).unwrap().arguments;
        arguments(&merged, declared, given.as_object().unwrap().clone())
            .map(Value::Object)
            .map_err(|e| e.to_string())
    }

    #[test]
    fn what_other_clients_send_is_understood() {
        let given = json!({"port": "8080", "protocol": "tcp"});
        assert_eq!(
            call("Container", "withExposedPort", given),
            Ok(json!({"port": 8080, "protocol": "TCP", "experimentalSkipHealthcheck": false}))
        );
        assert_eq!(
            call("Container", "withDefaultArgs", json!({"args": "sh"})),
            Ok(json!({"args": ["sh"]}))
        );
    }

    #[test]
    fn second_spellings_of_members_become_the_first() {
        let given = json!({"address": "x", "mediaTypes": "OCI"});
        let result = call("Container", "publish", given).unwrap();
        assert_eq!(result.get("mediaTypes"), Some(&json!("OCIMediaTypes")));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        assert_eq!(
            call("Container", "withExposedPort", json!({"port": [1]})),
            Err("argument `port`: expected Int, got [1]".to_owned())
        );
        assert_eq!(
            call("Container", "withExec", json!({})),
            Err("argument `args` of type [String!]! is missing".to_owned())
        );
        assert_eq!(
            call("Container", "withExec", json!({"args": ["x"], "expect": "MAYBE"})),
            Err("argument `expect`: value should be one of SUCCESS,FAILURE,ANY; got MAYBE".to_owned())
        );
    }
}
