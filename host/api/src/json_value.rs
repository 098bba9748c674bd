//! `JSONValue`: a JSON text, looked into and changed without a language's own library.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::file::File;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{Request, Resolved};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// State of a JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonValue {
    /// Its text as it came.
    text: String,
    value: Value,
}

impl CoreObject for JsonValue {
    const TYPE: &'static str = "JSONValue";
    const VALUES: &'static [&'static str] = &["asArray", "asBoolean", "asInteger", "asString", "contents", "fields"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "json"),
        ("File", "asJSON"),
        ("JSONValue", "field"),
        ("JSONValue", "newBoolean"),
        ("JSONValue", "newInteger"),
        ("JSONValue", "newString"),
        ("JSONValue", "withContents"),
        ("JSONValue", "withField"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "json") => Ok(JsonValue::of(Value::Null)),
            ("File", "asJSON") => {
                let file = api.parent_state::<File>(call, request).await?;
                JsonValue::parse(&file.text(api).await?)
                    .map_err(|error| ApiError::other(format!("{} is no JSON: {error}", file.path)))
            }
            ("JSONValue", "withContents") => match arguments.0.get("contents") {
                Some(Value::String(text)) => JsonValue::parse(text)
                    .map_err(|error| ApiError::other(format!("argument `contents` is no JSON: {error}"))),
                Some(value) => Ok(JsonValue::of(value.clone())),
                None => Err(ApiError::other("argument `contents` is missing")),
            },
            ("JSONValue", "newBoolean" | "newInteger" | "newString") => {
                Ok(JsonValue::of(arguments.0.get("value").cloned().unwrap_or_default()))
            }
            ("JSONValue", field) => {
                let before = api.parent_state::<JsonValue>(call, request).await?;
                let path = arguments.texts("path");
                if field == "field" {
                    return before.field(&path).map(JsonValue::of);
                }
                let value = api
                    .state::<JsonValue>(&arguments.object("value", "JSONValue")?, request)
                    .await?;
                Ok(JsonValue::of(with_field(
                    before.value.clone(),
                    &path,
                    value.value.clone(),
                )))
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        let wrong = |wanted: &str| ApiError::other(format!("the value is {}, not {wanted}", kind(&self.value)));
        Ok(match field.name {
            "asArray" => {
                let items = self.value.as_array().ok_or_else(|| wrong("an array"))?;
                Resolved::List(items.iter().map(|item| object(field, item)).collect())
            }
            "asBoolean" => Resolved::Value(json!(self.value.as_bool().ok_or_else(|| wrong("a boolean"))?)),
            "asInteger" => Resolved::Value(json!(self.value.as_i64().ok_or_else(|| wrong("an integer"))?)),
            "asString" => Resolved::Value(json!(self.value.as_str().ok_or_else(|| wrong("a string"))?)),
            "fields" => {
                let map = self.value.as_object().ok_or_else(|| wrong("an object"))?;
                Resolved::Value(json!(map.keys().collect::<Vec<_>>()))
            }
            "contents" if field.arguments.flag("pretty") => {
                let indent = field.arguments.optional_text("indent").unwrap_or(" ");
                Resolved::Value(Value::String(pretty(&self.value, indent)?))
            }
            "contents" => Resolved::Value(Value::String(self.text.clone())),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl JsonValue {
    fn of(value: Value) -> JsonValue {
        JsonValue {
            text: value.to_string(),
            value,
        }
    }

    fn parse(text: &str) -> Result<JsonValue, serde_json::Error> {
        Ok(JsonValue {
            text: text.to_owned(),
            value: serde_json::from_str(text)?,
        })
    }

    fn field(&self, path: &[String]) -> Result<Value, ApiError> {
        let mut at = &self.value;
        for name in path {
            let map = at
                .as_object()
                .ok_or_else(|| ApiError::other(format!("there is no field `{name}` in {}", kind(at))))?;
            at = map.get(name).ok_or_else(|| {
                let known: Vec<_> = map.keys().map(String::as_str).collect();
                ApiError::other(format!("there is no field `{name}`; there are: {}", known.join(", ")))
            })?;
        }
        Ok(at.clone())
    }
}

/// The value with another one at the path; what is no object on the way becomes one.
fn with_field(root: Value, path: &[String], value: Value) -> Value {
    let Some((name, rest)) = path.split_first() else {
        return value;
    };
    let mut map = match root {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    let inner = map.get(name).cloned().unwrap_or_default();
    map.insert(name.clone(), with_field(inner, rest, value));
    Value::Object(map)
}

fn pretty(value: &Value, indent: &str) -> Result<String, ApiError> {
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(indent.as_bytes());
    value
        .serialize(&mut Serializer::with_formatter(&mut text, formatter))
        .map_err(|error| ApiError::other(error.to_string()))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// An object of its own for a part of the value.
fn object(field: ValueOf<'_>, value: &Value) -> Resolved {
    let recipe = Recipe::Call(Call {
        parent_type: "JSONValue".into(),
        parent: Some(field.id.clone()),
        field: "withContents".into(),
        arguments: Map::from_iter([("contents".to_owned(), Value::String(value.to_string()))]),
        principal: None,
    });
    Resolved::Object(field.api.store().insert(&"JSONValue".into(), recipe))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn path(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn fields_are_found_and_set() {
        let value = JsonValue::parse(r#"{"a": {"b": [1]}, "c": 2}"#).unwrap();
        assert_eq!(value.field(&path(&["a", "b"])).unwrap(), json!([1]));
        assert_eq!(
            value.field(&path(&["a", "x"])).unwrap_err().to_string(),
            "there is no field `x`; there are: b"
        );
        assert_eq!(
            value.field(&path(&["c", "x"])).unwrap_err().to_string(),
            "there is no field `x` in a number"
        );
        let set = with_field(value.value.clone(), &path(&["c", "d"]), json!(true));
        assert_eq!(set.to_string(), r#"{"a":{"b":[1]},"c":{"d":true}}"#);
        assert_eq!(with_field(Value::Null, &[], json!(1)), json!(1));
    }

    #[test]
    fn pretty_text_is_indented_as_asked() {
        assert_eq!(
            pretty(&json!({"a": [1]}), "  ").unwrap(),
            "{\n  \"a\": [\n    1\n  ]\n}"
        );
    }
}
