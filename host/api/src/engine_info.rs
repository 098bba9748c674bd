//! `Engine`: the engine that runs the session's containers.

use crate::api::Api;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// State of the engine: there is one, which `api` has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EngineInfo;

impl CoreObject for EngineInfo {
    const TYPE: &'static str = "Engine";
    const VALUES: &'static [&'static str] = &["clients", "name"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "engine")];

    async fn evaluate(_api: &Arc<Api>, call: &Call, _request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Query", "engine") => Ok(EngineInfo),
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        let engine = field.api.engine().await?;
        match field.name {
            "name" => Ok(Resolved::Value(json!(engine.name()))),
            // BuildKit tells nobody of the sessions of others.
            "clients" => Ok(Resolved::Value(json!([engine.session_id()]))),
            _ => field.unsupported(Self::TYPE),
        }
    }
}
