//! `CacheVolume`: a directory that the engine keeps between runs, by key.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_engine::llb::CacheSharing;
use dockwright_schema::{Principal, Request, Resolved};
use std::sync::Arc;

/// State of a cache volume.
#[derive(Clone, Debug)]
pub(crate) struct CacheVolume {
    /// Name of the directory in the engine, apart from every other module's.
    pub id: String,
    /// How several users share it.
    pub sharing: CacheSharing,
    /// What it holds the first time.
    pub source: Option<dockwright_schema::ObjectId>,
}

/// How several execs use one cache, by the API's name.
pub(crate) fn sharing(name: &str) -> CacheSharing {
    match name {
        "PRIVATE" => CacheSharing::Private,
        "LOCKED" => CacheSharing::Locked,
        _ => CacheSharing::Shared,
    }
}

impl CoreObject for CacheVolume {
    const TYPE: &'static str = "CacheVolume";
    const VALUES: &'static [&'static str] = &[];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "cacheVolume")];

    async fn evaluate(api: &Arc<Api>, call: &Call, _request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "cacheVolume") => {
                // A module's volumes are its own: another module's key of the same name is another volume.
                let owner = match &call.principal {
                    Some(Principal::Module(module)) => api.module(module)?.cache_namespace.clone(),
                    _ => "host".to_owned(),
                };
                Ok(CacheVolume {
                    id: format!("dockwright/{owner}/{}", arguments.text("key")?),
                    sharing: sharing(arguments.optional_text("sharing").unwrap_or_default()),
                    source: arguments.optional_object("source", "Directory")?,
                })
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        field.unsupported(Self::TYPE)
    }
}
