//! What every type of the core API that has a state implements, one file per type.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{FieldCall, ObjectId, Request, Resolved};
use std::sync::Arc;

/// A type of the core API whose objects are evaluated from recipes.
pub(crate) trait CoreObject: Sized + Send + Sync + 'static {
    /// API name.
    const TYPE: &'static str;

    /// Fields of this type whose values `value` gives.
    const VALUES: &'static [&'static str];

    /// Fields, as (type, field), whose objects `evaluate` makes; none for objects that are only parts of others.
    const SOURCES: &'static [(&'static str, &'static str)] = &[];

    /// The state of an object that the call makes. The caller's own parts (the parent, arguments that are objects) are evaluated through `api`.
    fn evaluate(
        _api: &Arc<Api>,
        call: &Call,
        _request: &Arc<Request>,
    ) -> impl Future<Output = Result<Self, ApiError>> + Send {
        std::future::ready(unsupported_source(call))
    }

    /// The value of one of `VALUES`.
    fn value(&self, field: ValueOf<'_>) -> impl Future<Output = Result<Resolved, ApiError>> + Send;
}

/// A field whose value is asked for.
#[derive(Clone, Copy)]
pub(crate) struct ValueOf<'a> {
    /// The session's API.
    pub api: &'a Arc<Api>,
    /// ID of the object.
    pub id: &'a ObjectId,
    /// API name of the field.
    pub name: &'a str,
    /// Its arguments.
    pub arguments: Arguments<'a>,
    /// The request that asks.
    pub request: &'a Arc<Request>,
}

impl<'a> ValueOf<'a> {
    /// The field that the call asks for, of the object `id`.
    pub(crate) fn new(api: &'a Arc<Api>, id: &'a ObjectId, call: &'a FieldCall) -> ValueOf<'a> {
        ValueOf {
            api,
            id,
            name: &call.field.name,
            arguments: Arguments(&call.arguments),
            request: &call.request,
        }
    }

    /// The error for a field that has no arm: the lists and the arms of a type disagree.
    pub(crate) fn unsupported<T>(self, type_name: &str) -> Result<T, ApiError> {
        Err(ApiError::Unsupported {
            type_name: type_name.to_owned(),
            field: self.name.to_owned(),
        })
    }
}

/// The error for a source that has no arm.
pub(crate) fn unsupported_source<T>(call: &Call) -> Result<T, ApiError> {
    Err(ApiError::Unsupported {
        type_name: call.parent_type.to_string(),
        field: call.field.to_string(),
    })
}
