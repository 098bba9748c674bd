//! `introspectionSchemaJSON`: the API as the code of a module sees it, in the form that generators of clients read.

use super::state::ModuleSource;
use crate::api::Api;
use crate::error::ApiError;
use dockwright_schema::{CallStack, Merged, Principal, Request, Schema, VisibleModule};
use serde_json::Value;
use std::sync::Arc;

/// The modules that it depends on.
pub(super) async fn visible(api: &Arc<Api>, source: &ModuleSource) -> Result<Vec<VisibleModule>, ApiError> {
    Ok(match source.manifest.get("dependencies") {
        Some(Value::Array(listed)) if !listed.is_empty() => api.module_sources().dependencies(&source.at()).await?,
        _ => Vec::new(),
    })
}

/// The answer of a schema with these modules and the core types.
pub(super) async fn seen(api: &Arc<Api>, modules: Vec<VisibleModule>) -> Result<String, ApiError> {
    let merged = Merged::new(&modules).map_err(|error| ApiError::other(error.to_string()))?;
    let schema = Schema::new(Arc::new(merged), api.dispatcher(modules));
    let request = Request {
        document: QUERY.to_owned(),
        variables: None,
        operation_name: None,
        principal: Principal::Guest,
        stack: CallStack::default(),
        span: 0,
    };
    let mut response: Value =
        serde_json::from_str(&schema.execute(request).await).map_err(|error| ApiError::other(error.to_string()))?;
    let errors = response.get("errors").and_then(Value::as_array);
    if let Some(error) = errors.and_then(|errors| errors.first()) {
        return Err(ApiError::other(
            error.get("message").and_then(Value::as_str).unwrap_or_default(),
        ));
    }
    Ok(response
        .get_mut("data")
        .map(Value::take)
        .unwrap_or_default()
        .to_string())
}

/// Everything that generators read.
const QUERY: &str = "query IntrospectionQuery {
  __schemaVersion
  __schema {
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...FullType }
    directives { name description locations args { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description
  fields(includeDeprecated: true) {
    name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
    directives { name args { name value } }
  }
  inputFields { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason directives { name args { name value } } }
  possibleTypes { ...TypeRef }
  directives { name args { name value } }
}
fragment InputValue on __InputValue {
  name description type { ...TypeRef } defaultValue directives { name args { name value } }
}
fragment TypeRef on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
}";
