//! The source of a loaded module, and what follows from it.

use crate::api::Api;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::module::Module;
use crate::module_source::{self, ModuleSource};
use crate::recipe::{Call, Recipe};
use dockwright_schema::{ObjectId, Principal, Resolved};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Fields whose values are given here.
pub(super) const FIELDS: [&str; 3] = ["introspectionSchemaJSON", "source", "userDefaults"];

/// The field's value.
pub(super) async fn value(module: &Module, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    if field.name == "introspectionSchemaJSON" {
        let served = module.loaded()?;
        let modules = served.dependencies.clone();
        return Ok(Resolved::Object(module_source::schema_file(field.api, modules).await?));
    }
    if field.name == "source" && module.loaded.is_none() {
        return Ok(Resolved::Value(Value::Null));
    }
    let id = module.source(field.api, &field.request.principal)?;
    if field.name == "source" {
        return Ok(Resolved::Object(id));
    }
    let source = field.api.state::<ModuleSource>(&id, field.request).await?;
    module_source::user_defaults(&source, field).map(Resolved::Object)
}

impl Module {
    fn loaded(&self) -> Result<&Arc<ServedModule>, ApiError> {
        self.loaded
            .as_ref()
            .ok_or_else(|| ApiError::other("a module that was put together has no source; load one"))
    }

    /// The `ModuleSource` that it was loaded from.
    pub(crate) fn source(&self, api: &Api, principal: &Principal) -> Result<ObjectId, ApiError> {
        let served = self.loaded()?;
        match (api.source_of(served.id()), principal) {
            (Some(source), Principal::Module(_)) if is_of(api, &source, principal) => Ok(source),
            (_, Principal::Module(asking)) if asking != served.id() => Err(ApiError::Denied {
                what: format!("the source of module `{}`", self.name),
                hint: "a module sees what others offer, not their files",
            }),
            (None, _) | (_, Principal::Module(_)) => own_source(api, served, principal),
            (Some(source), _) => Ok(source),
        }
    }
}

/// Whether that principal made the source.
fn is_of(api: &Api, source: &ObjectId, principal: &Principal) -> bool {
    let mut at = Some(source.clone());
    while let Some(id) = at.take() {
        match api.store().get(&id).as_deref() {
            Ok(Recipe::Call(call)) if call.principal.is_some() => return call.principal.as_ref() == Some(principal),
            Ok(Recipe::Call(call)) => at = call.parent.clone(),
            _ => return false,
        }
    }
    false
}

/// The source of a module that the session was opened with: for the user the directory, for the module itself what it may see of it.
fn own_source(api: &Api, served: &ServedModule, principal: &Principal) -> Result<ObjectId, ApiError> {
    let missing = || {
        ApiError::other(format!(
            "module `{}` is not in a directory here: its source cannot be read",
            served.module.name
        ))
    };
    let text = match principal {
        Principal::Module(_) => ".".to_owned(),
        _ => served
            .source_root
            .as_ref()
            .ok_or_else(missing)?
            .to_string_lossy()
            .into_owned(),
    };
    let recipe = Recipe::Call(Call {
        parent_type: "Query".into(),
        parent: None,
        field: "moduleSource".into(),
        arguments: Map::from_iter([("refString".to_owned(), Value::from(text))]),
        principal: Some(principal.clone()),
    });
    Ok(api.store().insert(&"ModuleSource".into(), recipe))
}
