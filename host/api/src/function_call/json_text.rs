//! The scalar `JSON` as an argument: clients send its text, or the value itself.

use crate::arguments::Arguments;
use crate::error::ApiError;
use serde_json::Value;

/// The value that an argument holds.
pub(super) fn json_argument(arguments: Arguments<'_>, name: &str) -> Result<Value, ApiError> {
    match arguments.0.get(name) {
        None => Err(ApiError::other(format!("argument `{name}` is missing"))),
        Some(Value::String(text)) => serde_json::from_str(text)
            .map_err(|error| ApiError::other(format!("argument `{name}` is no JSON: {error}"))),
        Some(value) => Ok(value.clone()),
    }
}
