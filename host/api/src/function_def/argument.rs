//! `FunctionArg`: one argument of a function.

use crate::core_object::{CoreObject, ValueOf};
use crate::error::ApiError;
use crate::part::{object, optional, optional_text, text};
use crate::type_def::{SourceMap, TypeDef};
use dockwright_schema::Resolved;
use serde_json::json;
use std::sync::Arc;

/// State of an argument.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FunctionArg {
    pub name: String,
    pub description: String,
    pub deprecated: Option<String>,
    pub source_map: Option<Arc<SourceMap>>,
    pub r#type: Arc<TypeDef>,
    /// JSON text; empty when there is none.
    pub default_value: String,
    /// Empty when there is none.
    pub default_path: String,
    /// Empty when there is none.
    pub default_address: String,
    pub ignore: Vec<String>,
}

impl CoreObject for FunctionArg {
    const TYPE: &'static str = "FunctionArg";
    const VALUES: &'static [&'static str] = &[
        "defaultAddress",
        "defaultPath",
        "defaultValue",
        "deprecated",
        "description",
        "ignore",
        "name",
        "sourceMap",
        "typeDef",
    ];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "defaultAddress" => text(&self.default_address),
            "defaultPath" => text(&self.default_path),
            "defaultValue" => text(&self.default_value),
            "deprecated" => optional_text(self.deprecated.as_deref()),
            "description" => text(&self.description),
            "ignore" => Resolved::Value(json!(self.ignore)),
            "name" => text(&self.name),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "typeDef" => object(field, &self.r#type),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
