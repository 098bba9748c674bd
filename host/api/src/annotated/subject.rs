//! The module whose annotated functions are asked for.

use super::found::{Found, Kind, find};
use super::pattern;
use crate::api::Api;
use crate::core_object::CoreObject;
use crate::current_module::CurrentModule;
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::module::Module;
use crate::recipe::{Call, Recipe};
use crate::toolchain::Toolchain;
use dockwright_engine::Forward;
use dockwright_schema::names::camel_case;
use dockwright_schema::{ObjectId, Request, closest};
use serde_json::{Map, Value};
use std::sync::Arc;

/// A module with annotated functions.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The `Module`.
    pub module: ObjectId,
    /// What can be called.
    pub served: Arc<ServedModule>,
    /// Modules whose functions are offered beside its own.
    toolchains: Vec<Toolchain>,
}

impl Subject {
    /// The module that the call is made on.
    pub(super) async fn of_parent(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Subject, ApiError> {
        if &*call.parent_type == CurrentModule::TYPE {
            let served = api.parent_state::<CurrentModule>(call, request).await?.served.clone();
            let module = Module::id(api, &served.module);
            return Ok(Subject {
                module,
                served,
                toolchains: Vec::new(),
            });
        }
        let module = call
            .parent
            .clone()
            .ok_or_else(|| ApiError::other("there is no module"))?;
        let served = api.state::<Module>(&module, request).await?.loaded.clone();
        let served = served.ok_or_else(|| {
            ApiError::other("a module that was put together has no code; load one to run its functions")
        })?;
        Ok(Subject {
            module,
            toolchains: api.toolchains_of(served.id()),
            served,
        })
    }

    /// The annotated functions of these kinds that the patterns name, in the order of the source.
    pub(super) fn select(&self, kinds: &[Kind], patterns: &[String]) -> Vec<Found> {
        let def = &self.served.module.def;
        let mut found: Vec<Found> = kinds.iter().flat_map(|kind| find(def, *kind)).collect();
        for (index, Toolchain { served, rules }) in self.toolchains.iter().enumerate() {
            let name = &served.module.name;
            let offered = kinds.iter().flat_map(|kind| find(&served.module.def, *kind));
            let left = offered.filter(|one| {
                let ignored = one.kind.ignored(kinds);
                !ignored.iter().any(|ignored| rules.ignore(*ignored, &one.path, name))
            });
            found.extend(left.map(|one| Found {
                toolchain: Some(index),
                path: std::iter::once(camel_case(name)).chain(one.path).collect(),
                ..one
            }));
        }
        pattern::select(found, patterns, &self.served.module.name)
    }

    /// Who has the function, and the fields to it from that module's main object.
    pub(super) fn owner<'a>(&'a self, found: &'a Found) -> (&'a Arc<ServedModule>, &'a [String]) {
        match found.toolchain.and_then(|index| self.toolchains.get(index)) {
            Some(toolchain) => (&toolchain.served, found.path.get(1..).unwrap_or_default()),
            None => (&self.served, &found.path),
        }
    }

    /// The `Module` that has the function.
    pub(super) fn original(&self, api: &Api, found: &Found) -> ObjectId {
        match found.toolchain {
            Some(_) => Module::id(api, &self.owner(found).0.module),
            None => self.module.clone(),
        }
    }

    /// Where the function's service is reached; none for its own ports.
    pub(super) fn ports(&self, found: &Found) -> Vec<Forward> {
        let toolchain = found.toolchain.and_then(|index| self.toolchains.get(index));
        toolchain.map_or_else(Vec::new, |toolchain| {
            let (served, path) = self.owner(found);
            toolchain.rules.ports(path, &served.module.name)
        })
    }

    /// The function of that name.
    pub(super) fn named(&self, name: &str, kinds: &[Kind]) -> Result<Found, ApiError> {
        let all = self.select(kinds, &[]);
        let names: Vec<String> = all.iter().map(Found::name).collect();
        let wanted = pattern::spelling(name);
        let found = all.into_iter().find(|one| one.name() == wanted);
        found.ok_or_else(|| {
            let noun = kinds.first().map_or("function", |kind| kind.noun());
            let near = closest(&wanted, names.iter().map(String::as_str));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            ApiError::other(format!(
                "module `{}` has no {noun} `{name}`{hint}",
                self.served.module.name
            ))
        })
    }

    /// The object for one of them: what `field(name:)` of the module makes.
    pub(super) fn item(&self, api: &Api, field: &str, found: &Found, type_name: &str) -> ObjectId {
        let name = ("name".to_owned(), Value::String(found.name()));
        made(api, "Module", &self.module, field, Map::from_iter([name]), type_name)
    }

    /// The object after its `run`; itself when it was run.
    pub(super) fn ran(api: &Api, item: &ObjectId) -> ObjectId {
        match api.store().get(item).as_deref() {
            Ok(Recipe::Call(call)) if &*call.field == "run" => item.clone(),
            _ => made(api, item.type_name(), item, "run", Map::new(), item.type_name()),
        }
    }
}

fn made(
    api: &Api,
    parent_type: &str,
    parent: &ObjectId,
    field: &str,
    arguments: Map<String, Value>,
    type_name: &str,
) -> ObjectId {
    let recipe = Recipe::Call(Call {
        parent_type: parent_type.into(),
        parent: Some(parent.clone()),
        field: field.into(),
        arguments,
        principal: None,
    });
    api.store().insert(&type_name.into(), recipe)
}
