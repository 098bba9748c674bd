//! The body of a request: a GraphQL request as JSON, in the form that GraphQL over HTTP gives it.

use dockwright_schema::{CallStack, Principal, Request};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The body. Members that are not listed are ignored.
#[derive(Debug, Deserialize)]
pub(crate) struct Query {
    query: String,
    #[serde(default, rename = "operationName")]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, Value>>,
}

/// The body is something else.
#[derive(Debug, thiserror::Error)]
#[error("the request is not a GraphQL request as JSON, {{\"query\": \"…\"}}: {0}")]
pub(crate) struct NotAQuery(#[from] serde_json::Error);

impl Query {
    pub(crate) fn read(body: &[u8]) -> Result<Query, NotAQuery> {
        Ok(serde_json::from_slice(body)?)
    }

    pub(crate) fn into_request(self, principal: Principal) -> Request {
        Request {
            document: self.query,
            variables: self.variables.map(|variables| Value::Object(variables).to_string()),
            operation_name: self.operation_name.filter(|name| !name.is_empty()),
            principal,
            stack: CallStack::default(),
            span: 0,
        }
    }
}
