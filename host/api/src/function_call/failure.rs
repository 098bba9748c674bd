//! `Error` and `ErrorValue`: a message with structured values, which cross the borders of modules.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::function_call::json_text::json_argument;
use crate::part::{list, text};
use crate::recipe::Call;
use dockwright_schema::{Failure, Request, Resolved};
use serde_json::Value;
use std::sync::Arc;

/// State of an `Error`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StructuredError {
    pub message: String,
    pub values: Vec<Arc<ErrorValue>>,
}

/// State of an `ErrorValue`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorValue {
    pub name: String,
    pub value: Value,
}

impl StructuredError {
    /// The failure of a function that returned the error.
    pub(super) fn failure(&self) -> Failure {
        let values = self.values.iter();
        Failure {
            kind: "Error".to_owned(),
            message: self.message.clone(),
            location: None,
            trace: None,
            extensions: values.map(|each| (each.name.clone(), each.value.clone())).collect(),
        }
    }
}

impl CoreObject for StructuredError {
    const TYPE: &'static str = "Error";
    const VALUES: &'static [&'static str] = &["message", "values"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "error"), ("Error", "withValue")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "error") => Ok(StructuredError {
                message: arguments.text("message")?.to_owned(),
                values: Vec::new(),
            }),
            ("Error", "withValue") => {
                let mut error = (*api.parent_state::<StructuredError>(call, request).await?).clone();
                let name = arguments.text("name")?;
                error.values.retain(|known| known.name != name);
                error.values.push(Arc::new(ErrorValue {
                    name: name.to_owned(),
                    value: json_argument(arguments, "value")?,
                }));
                Ok(error)
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "message" => text(&self.message),
            "values" => list(field, &self.values),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for ErrorValue {
    const TYPE: &'static str = "ErrorValue";
    const VALUES: &'static [&'static str] = &["name", "value"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "name" => text(&self.name),
            "value" => text(&self.value.to_string()),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
