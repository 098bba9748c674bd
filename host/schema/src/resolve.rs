//! What the schema asks of whoever has the values.

use crate::execute::Request;
use crate::graph_type::GraphField;
use crate::object_id::ObjectId;
use async_trait::async_trait;
use serde_json::{Map, Value};
use std::sync::Arc;

/// One field that needs a value.
#[derive(Clone, Debug)]
pub struct FieldCall {
    /// API name of the type that has the field.
    pub parent_type: Arc<str>,
    /// The object; none for `Query`.
    pub parent: Option<ObjectId>,
    /// The field as declared.
    pub field: Arc<GraphField>,
    /// Its arguments, coerced, defaults filled in.
    pub arguments: Map<String, Value>,
    /// The request that it is part of (its document is not repeated).
    pub request: Arc<Request>,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// A scalar, an enum member, a list of them, or null.
    Value(Value),
    /// An object.
    Object(ObjectId),
    /// A list of objects.
    List(Vec<Resolved>),
}

/// Why a field has no value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ResolveError {
    /// What went wrong, for the user.
    pub message: String,
    /// Structured values: an exec error's `_type`, `cmd`, `exitCode`, `stdout`, `stderr`.
    pub extensions: Map<String, Value>,
}

impl ResolveError {
    /// An error without structured values.
    pub fn new(message: impl Into<String>) -> ResolveError {
        ResolveError {
            message: message.into(),
            extensions: Map::new(),
        }
    }
}

/// Gives fields their values.
#[async_trait]
pub trait Resolve: Send + Sync + 'static {
    /// The field's value. Called concurrently.
    async fn resolve(&self, call: FieldCall) -> Result<Resolved, ResolveError>;

    /// The type, by its API name in this schema, of an object where an interface of the core API is returned. `asked` are the types of the
    /// fragments that the document has for it. None when the schema has no type for the object.
    fn type_name(&self, id: &ObjectId, asked: &[&str]) -> Option<String>;
}
