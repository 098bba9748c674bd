//! Typed access to a field's arguments. They are coerced already: a wrong type here is a fault of ours, told as an error all the same.

use crate::error::ApiError;
use dockwright_schema::ObjectId;
use serde_json::{Map, Value};

/// The arguments of one call.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'a>(pub &'a Map<String, Value>);

impl<'a> Arguments<'a> {
    fn missing(name: &str) -> ApiError {
        ApiError::other(format!("argument `{name}` is missing or has the wrong type"))
    }

    /// A needed text.
    pub(crate) fn text(self, name: &str) -> Result<&'a str, ApiError> {
        self.optional_text(name).ok_or_else(|| Self::missing(name))
    }

    /// A text; none when left out or empty.
    pub(crate) fn non_empty_text(self, name: &str) -> Option<&'a str> {
        self.optional_text(name).filter(|text| !text.is_empty())
    }

    /// A text, if given.
    pub(crate) fn optional_text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A flag; false when left out.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A number, if given.
    pub(crate) fn optional_integer(self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    /// Permission bits, if given.
    pub(crate) fn mode(self, name: &str) -> Result<Option<u32>, ApiError> {
        match self.optional_integer(name) {
            None => Ok(None),
            Some(mode) => match u32::try_from(mode) {
                Ok(mode) if mode <= 0o7777 => Ok(Some(mode)),
                _ => Err(ApiError::other(format!(
                    "argument `{name}`: {mode} is no set of permission bits; it should be between 0 and 0o7777 (4095)"
                ))),
            },
        }
    }

    /// Texts; empty when left out.
    pub(crate) fn texts(self, name: &str) -> Vec<String> {
        let items = self.0.get(name).and_then(Value::as_array);
        items
            .map(|items| {
                items
                    .iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect()
            })
            .unwrap_or_default()
    }

    /// A needed object of the given type.
    pub(crate) fn object(self, name: &str, type_name: &str) -> Result<ObjectId, ApiError> {
        self.optional_object(name, type_name)?
            .ok_or_else(|| Self::missing(name))
    }

    /// An object of the given type, if given.
    pub(crate) fn optional_object(self, name: &str, type_name: &str) -> Result<Option<ObjectId>, ApiError> {
        self.optional_text(name)
            .map(|text| object_of_type(text, type_name))
            .transpose()
    }

    /// Objects of the given type; empty when left out.
    pub(crate) fn objects(self, name: &str, type_name: &str) -> Result<Vec<ObjectId>, ApiError> {
        self.texts(name)
            .iter()
            .map(|text| object_of_type(text, type_name))
            .collect()
    }
}

/// The ID when it is of that type.
pub(crate) fn object_of_type(text: &str, type_name: &str) -> Result<ObjectId, ApiError> {
    let id: ObjectId = text.parse()?;
    if &**id.type_name() == type_name {
        return Ok(id);
    }
    Err(ApiError::WrongType {
        id: text.to_owned(),
        found: id.type_name().to_string(),
        expected: type_name.to_owned(),
    })
}
