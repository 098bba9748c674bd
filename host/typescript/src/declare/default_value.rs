//! The default of an argument as the API states it.

use crate::declare::constant::Constant;
use crate::declare::core;
use crate::declare::declaring::Declare;
use dockwright_schema::module_def::TypeRef;
use serde_json::Value;

/// What a default means for the argument.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Default {
    /// The API states the value.
    Stated(Value),
    /// The argument may be left out, and the source fills it in.
    Left,
}

impl Declare<'_, '_> {
    /// The default as a value of the type.
    ///
    /// # Errors
    /// What is wrong with it and what to write.
    pub(crate) fn default_value(&self, constant: Constant, of: &TypeRef) -> Result<Default, (String, String)> {
        let wrong = |value: &Value, name: &str| {
            let message = format!("the default {value} is no {name}");
            Err((message, "make the type and the default agree".to_owned()))
        };
        match (of, constant) {
            (_, Constant::Undefined | Constant::Json(Value::Null)) => Ok(Default::Left),
            (TypeRef::Optional(inner), constant) => self.default_value(constant, inner),
            (TypeRef::List(inner), Constant::List(items)) => {
                let mut values = Vec::new();
                for item in items {
                    match self.default_value(item, inner)? {
                        Default::Stated(value) => values.push(value),
                        Default::Left if matches!(**inner, TypeRef::Optional(_)) => values.push(Value::Null),
                        Default::Left => return Ok(Default::Left),
                    }
                }
                Ok(Default::Stated(Value::Array(values)))
            }
            (TypeRef::Enum(name), constant) => self.enum_default(constant, name),
            (TypeRef::Object(_) | TypeRef::Interface(_) | TypeRef::Input(_), _) => Ok(Default::Left),
            (of, constant) => {
                let value = constant.into_json();
                match (of, &value) {
                    (TypeRef::String | TypeRef::Scalar(_), Value::String(_)) => Ok(Default::Stated(value)),
                    (TypeRef::Boolean, Value::Bool(_)) => Ok(Default::Stated(value)),
                    (TypeRef::Float, Value::Number(_)) => Ok(Default::Stated(value)),
                    (TypeRef::Integer, Value::Number(number)) if number.is_i64() => Ok(Default::Stated(value)),
                    (TypeRef::Integer, Value::Number(_)) => Err((
                        format!("the default {value} is no integer: `number` is an integer in the API"),
                        "write the type `float`, from \"@dagger.io/dagger\"".to_owned(),
                    )),
                    (TypeRef::String, _) => wrong(&value, "string"),
                    (TypeRef::Boolean, _) => wrong(&value, "boolean"),
                    (TypeRef::Integer | TypeRef::Float, _) => wrong(&value, "number"),
                    (TypeRef::List(_), _) => wrong(&value, "list"),
                    (TypeRef::Scalar(name), _) => wrong(&value, name),
                    _ => Ok(Default::Left),
                }
            }
        }
    }

    fn enum_default(&self, constant: Constant, enumeration: &str) -> Result<Default, (String, String)> {
        let found = match &constant {
            Constant::Member { of, name, .. } => (of == enumeration).then(|| name.clone()),
            Constant::Json(Value::String(text)) => match self.members_of(enumeration) {
                Some(members) => members
                    .into_iter()
                    .find(|(_, value)| value.as_ref().and_then(Value::as_str) == Some(text))
                    .map(|(name, _)| name),
                None => core::get(enumeration)
                    .and_then(|core| core::member(core, text))
                    .map(|member| member.name.to_owned()),
            },
            _ => None,
        };
        found.map(|name| Default::Stated(Value::String(name))).ok_or_else(|| {
            let message = format!("the default {} is no member of {enumeration}", constant.into_json());
            (message, format!("write `{enumeration}.` and the name of a member"))
        })
    }
}
