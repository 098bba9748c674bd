//! `EngineCache`: what lies in the engine's cache, what may lie there, and making room. It is everybody's who uses the engine, so modules cannot
//! look into it.

use crate::access::require_host;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::literal;
use crate::recipe::Call;
use crate::space;
use dockwright_engine::{CacheEntry, CacheLimits, Engine};
use dockwright_schema::{Request, Resolved};
use serde_json::{Value, json};
use std::sync::Arc;

/// State of the cache: the engine has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EngineCache;

impl CoreObject for EngineCache {
    const TYPE: &'static str = "EngineCache";
    const VALUES: &'static [&'static str] = &[
        "entrySet",
        "maxUsedSpace",
        "minFreeSpace",
        "prune",
        "reservedSpace",
        "targetSpace",
    ];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Engine", "localCache")];

    async fn evaluate(_api: &Arc<Api>, call: &Call, _request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Engine", "localCache") => Ok(EngineCache),
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        require_host(
            &field.request.principal,
            "the engine's cache",
            "it belongs to all who use the engine; let the caller look after it",
        )?;
        let engine = field.api.engine().await?;
        let limit = |of: fn(CacheLimits) -> i64| async move { Ok(Resolved::Value(json!(of(limits(engine).await?)))) };
        match field.name {
            "entrySet" => Ok(entry_set(field.api, &engine.cache_entries().await.map_err(told)?)),
            "maxUsedSpace" => limit(|limits| limits.max_used).await,
            "minFreeSpace" => limit(|limits| limits.min_free).await,
            "reservedSpace" => limit(|limits| limits.reserved).await,
            // BuildKit removes until the limit is kept, and no more.
            "targetSpace" => limit(|limits| limits.max_used).await,
            "prune" => prune(engine, field.arguments).await,
            _ => field.unsupported(Self::TYPE),
        }
    }
}

async fn limits(engine: &Engine) -> Result<CacheLimits, ApiError> {
    engine.cache_limits().await.map_err(told)
}

async fn prune(engine: &Engine, arguments: Arguments<'_>) -> Result<Resolved, ApiError> {
    let max_used = space::argument(arguments, "maxUsedSpace")?;
    let target = space::argument(arguments, "targetSpace")?;
    let limits = CacheLimits {
        reserved: space::argument(arguments, "reservedSpace")?.unwrap_or_default(),
        min_free: space::argument(arguments, "minFreeSpace")?.unwrap_or_default(),
        // The engine removes until this is kept, so what shall be left when it is done is the same thing.
        max_used: target.or(max_used).unwrap_or_default(),
    };
    let done = if arguments.flag("useDefaultPolicy") {
        engine.prune_cache_by_its_rules(limits).await
    } else {
        engine.prune_cache(limits).await
    };
    done.map_err(told)?;
    Ok(Resolved::Value(Value::Null))
}

/// The set as it is now: whoever asks again gets another object.
fn entry_set(api: &Api, entries: &[CacheEntry]) -> Resolved {
    let ids: Vec<String> = entries
        .iter()
        .map(|entry| {
            let fields = json!({
                "activelyUsed": entry.in_use,
                "createdTimeUnixNano": entry.created,
                // No call of the API made it as the engine sees it: its operations did.
                "dagqlCall": "",
                "description": entry.description,
                "diskSpaceBytes": entry.bytes,
                "mostRecentUseTimeUnixNano": entry.used,
                "recordType": entry.kind,
                "recordTypes": [entry.kind],
            });
            literal::object(api, "EngineCacheEntry", fields).to_string()
        })
        .collect();
    let set = json!({
        "diskSpaceBytes": entries.iter().map(|entry| entry.bytes).sum::<i64>(),
        "entryCount": entries.len(),
        "entries": ids,
    });
    Resolved::Object(literal::object(api, "EngineCacheEntrySet", set))
}

fn told(error: dockwright_engine::ManageError) -> ApiError {
    ApiError::other(error.to_string())
}
