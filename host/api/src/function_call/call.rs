//! `FunctionCall` and `FunctionCallArgValue`.

use crate::api::Api;
use crate::core_object::{CoreObject, ValueOf};
use crate::error::ApiError;
use crate::function_call::json_text::json_argument;
use crate::function_call::running::Answer;
use crate::function_call::{Running, StructuredError};
use crate::part::{self, list, text};
use dockwright_schema::{FieldCall, Resolved};
use serde_json::Value;
use std::sync::Arc;

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ArgumentValue {
    pub name: String,
    pub value: Value,
}

impl Running {
    /// `Query.currentFunctionCall`.
    pub(crate) fn current(api: &Arc<Api>, call: &FieldCall) -> Result<Resolved, ApiError> {
        let running = api.running.of(&call.request).ok_or_else(|| {
            ApiError::other("currentFunctionCall: there is no function call; only code that runs for one has one")
        })?;
        let key = format!("call.{}", running.sequence);
        Ok(Resolved::Object(part::keep(api, None, key, &running)))
    }
}

impl CoreObject for Running {
    const TYPE: &'static str = "FunctionCall";
    const VALUES: &'static [&'static str] = &[
        "inputArgs",
        "name",
        "parent",
        "parentName",
        "returnError",
        "returnValue",
    ];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "inputArgs" => {
                let values = self.call.arguments.iter().map(|(name, value)| {
                    Arc::new(ArgumentValue {
                        name: name.clone(),
                        value: value.clone(),
                    })
                });
                list(field, &values.collect::<Vec<_>>())
            }
            "name" => text(&self.call.name),
            "parent" => text(&self.call.parent.to_string()),
            "parentName" => text(&self.call.parent_type),
            "returnValue" => {
                let value = json_argument(field.arguments, "value")?;
                self.answer(field.request, Answer::Value(value))?;
                Resolved::Value(Value::Null)
            }
            "returnError" => {
                let error = field.arguments.object("error", StructuredError::TYPE)?;
                let error = field.api.state::<StructuredError>(&error, field.request).await?;
                self.answer(field.request, Answer::Error(error))?;
                Resolved::Value(Value::Null)
            }
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for ArgumentValue {
    const TYPE: &'static str = "FunctionCallArgValue";
    const VALUES: &'static [&'static str] = &["name", "value"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "name" => text(&self.name),
            "value" => text(&self.value.to_string()),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
