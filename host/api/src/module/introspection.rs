//! `Module.introspectionSchemaJSON`: the schema that the module's code sees, for generators of clients.

use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::module::Module;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{CallStack, Principal, Request, Resolved};
use serde_json::{Map, Value, json};

/// What generators ask of a schema.
const DOCUMENT: &str = include_str!("introspection.graphql");

/// A file with the answer.
pub(super) async fn introspection(module: &Module, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let served = module.loaded.as_ref().ok_or_else(|| {
        ApiError::other("Module.introspectionSchemaJSON: a module that was put together has no code that sees a schema")
    })?;
    let principal = Principal::Module(served.id().clone());
    let schema = field.api.schema(&principal)?;
    let request = Request {
        document: DOCUMENT.to_owned(),
        variables: None,
        operation_name: None,
        principal,
        stack: CallStack::default(),
        span: field.request.span,
    };
    let unreadable = |error: serde_json::Error| ApiError::other(format!("the schema cannot be told as JSON: {error}"));
    let mut answer: Value = serde_json::from_str(&schema.execute(request).await).map_err(unreadable)?;
    let told = answer.get_mut("data").map(Value::take).unwrap_or_default();
    let arguments = json!({"name": "schema.json", "contents": told.to_string(), "permissions": 0o644});
    let recipe = Recipe::Call(Call {
        parent_type: "Query".into(),
        parent: None,
        field: "file".into(),
        arguments: match arguments {
            Value::Object(map) => map,
            _ => Map::new(),
        },
        principal: None,
    });
    Ok(Resolved::Object(field.api.store().insert(&"File".into(), recipe)))
}
