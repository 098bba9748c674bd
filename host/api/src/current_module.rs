//! `CurrentModule`: the module whose code asks.

use crate::api::Api;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::recipe::Call;
use dockwright_schema::{Principal, Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// State of the current module.
#[derive(Clone, Debug)]
pub(crate) struct CurrentModule {
    /// What can be called of it.
    pub served: Arc<ServedModule>,
}

impl CoreObject for CurrentModule {
    const TYPE: &'static str = "CurrentModule";
    const VALUES: &'static [&'static str] = &["name"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "currentModule")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        if &*call.field != "currentModule" {
            return unsupported_source(call);
        }
        match call.principal.as_ref().unwrap_or(&request.principal) {
            Principal::Module(id) => Ok(CurrentModule {
                served: api.module(id)?,
            }),
            _ => Err(ApiError::other(
                "currentModule: there is no current module; only module code has one",
            )),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "name" => Ok(Resolved::Value(json!(self.served.module.name))),
            _ => field.unsupported(Self::TYPE),
        }
    }
}
