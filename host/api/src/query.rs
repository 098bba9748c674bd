//! Values of `Query` itself, and the fields of it that need the request at hand.

use crate::api::Api;
use crate::error::ApiError;
use crate::function_call::Running;
use crate::recipe::Recipe;
use dockwright_engine::SecretBytes;
use dockwright_schema::{API_VERSION, FieldCall, Resolved};
use serde_json::{Value, json};
use std::sync::Arc;

/// Fields of `Query` that are resolved here, at the call.
pub(crate) const FIELDS: &[&str] = &[
    "version",
    "defaultPlatform",
    "setSecret",
    "currentFunctionCall",
    "currentTypeDefs",
];

/// Types of objects that records hold lists of, by ID.
const NESTED: &[&str] = &["EngineCacheEntry", "SearchSubmatch"];

/// The field's value.
pub(crate) async fn value(api: &Arc<Api>, call: &FieldCall) -> Result<Resolved, ApiError> {
    match call.field.name.as_ref() {
        "version" => Ok(Resolved::Value(json!(API_VERSION))),
        "defaultPlatform" => Ok(Resolved::Value(json!(
            api.engine().await?.default_platform().to_string()
        ))),
        "setSecret" => {
            let arguments = crate::arguments::Arguments(&call.arguments);
            Ok(Resolved::Object(set_secret(
                api,
                arguments.text("name")?,
                arguments.text("plaintext")?,
            )))
        }
        "currentFunctionCall" => Running::current(api, call),
        field => Err(ApiError::Unsupported {
            type_name: "Query".to_owned(),
            field: field.to_owned(),
        }),
    }
}

/// Keeps a plaintext in the session; the recipe holds its name and a keyed digest.
fn set_secret(api: &Arc<Api>, name: &str, plaintext: &str) -> dockwright_schema::ObjectId {
    api.telemetry().redactor().add(plaintext);
    let fingerprint = *api
        .store()
        .key()
        .hasher()
        .update(b"setSecret")
        .update(plaintext.as_bytes())
        .finalize()
        .as_bytes();
    let id = api.store().insert(
        &"Secret".into(),
        Recipe::Secret {
            name: name.to_owned(),
            fingerprint,
        },
    );
    api.keep_secret(id.clone(), name, SecretBytes::new(plaintext));
    id
}

/// The value of a field of an object whose fields are all known.
pub(crate) fn record_value(fields: &serde_json::Map<String, Value>, call: &FieldCall) -> Result<Resolved, ApiError> {
    match fields.get(call.field.name.as_ref()) {
        Some(Value::Array(ids)) if NESTED.contains(&call.field.returns.name()) => ids
            .iter()
            .filter_map(Value::as_str)
            .map(|id| Ok(Resolved::Object(id.parse()?)))
            .collect::<Result<Vec<_>, ApiError>>()
            .map(Resolved::List),
        Some(value) => Ok(Resolved::Value(value.clone())),
        None => Err(ApiError::Unsupported {
            type_name: call.parent_type.to_string(),
            field: call.field.name.to_string(),
        }),
    }
}
