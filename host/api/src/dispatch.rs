//! Routes a field to whoever knows it: a module's function or state, a core type's value, or a new recipe.

use crate::address::Address;
use crate::annotated::{self, Check, CheckGroup, Generator, GeneratorGroup, Up, UpGroup};
use crate::api::Api;
use crate::cache_volume::CacheVolume;
use crate::changeset::Changeset;
use crate::container::Container;
use crate::core_object::{CoreObject, ValueOf};
use crate::current_module::CurrentModule;
use crate::directory::Directory;
use crate::engine_cache::EngineCache;
use crate::engine_info::EngineInfo;
use crate::env_file::EnvFile;
use crate::error::ApiError;
use crate::file::File;
use crate::function_call::{ArgumentValue, ErrorValue, Running, StructuredError};
use crate::function_def::{Function, FunctionArg};
use crate::generated_code::GeneratedCode;
use crate::git::{GitRef, GitRepository};
use crate::host::Host;
use crate::json_value::JsonValue;
use crate::module::Module;
use crate::module_source::ModuleSource;
use crate::recipe::{Call, Recipe};
use crate::secret::Secret;
use crate::service::Service;
use crate::socket::Socket;
use crate::type_def::{
    self, EnumTypeDef, EnumValueTypeDef, FieldTypeDef, InputTypeDef, InterfaceTypeDef, ListTypeDef, ObjectTypeDef,
    ScalarTypeDef, SourceMap, TypeDef,
};
use crate::view::View;
use crate::{module_object, permissions, query};
use async_trait::async_trait;
use dockwright_schema::{FieldCall, ObjectId, Origin, Resolve, ResolveError, Resolved};
use serde_json::Value;
use std::sync::{Arc, Weak};

/// Calls `$then!` with every core type that has a state.
macro_rules! core_types {
    ($then:ident) => {
        $then!(
            Address,
            ArgumentValue,
            CacheVolume,
            Changeset,
            Check,
            CheckGroup,
            Container,
            CurrentModule,
            Directory,
            EngineCache,
            EngineInfo,
            EnumTypeDef,
            EnumValueTypeDef,
            EnvFile,
            ErrorValue,
            FieldTypeDef,
            File,
            Function,
            FunctionArg,
            GeneratedCode,
            Generator,
            GeneratorGroup,
            GitRef,
            GitRepository,
            Host,
            InputTypeDef,
            InterfaceTypeDef,
            JsonValue,
            ListTypeDef,
            Module,
            ModuleSource,
            ObjectTypeDef,
            Running,
            ScalarTypeDef,
            Secret,
            Service,
            Socket,
            SourceMap,
            StructuredError,
            TypeDef,
            Up,
            UpGroup
        )
    };
}

/// Types whose objects are known values: their declared fields are all supported.
const RECORDS: &[&str] = &[
    "DiffStat",
    "EngineCacheEntry",
    "EngineCacheEntrySet",
    "EnvVariable",
    "HealthcheckConfig",
    "Label",
    "ModuleConfigClient",
    "Port",
    "SDKConfig",
    "SearchResult",
    "SearchSubmatch",
    "Stat",
];

/// Fields whose result depends on who asks: what reaches the caller's host, and what is kept apart by module.
const PRINCIPAL_FIELDS: &[&str] = &[
    "host",
    "address",
    "secret",
    "cacheVolume",
    "git",
    "currentModule",
    "moduleSource",
    "asModuleSource",
    "sourceMap",
];

/// Whether a field of the core API can be called. Fields that cannot say so when called; help does not list them.
pub fn supports(type_name: &str, field: &str) -> bool {
    macro_rules! any {
        ($($core:ty),*) => {
            $(<$core>::SOURCES.contains(&(type_name, field)) || (<$core>::TYPE == type_name && <$core>::VALUES.contains(&field)))||*
        };
    }
    field == "id"
        || RECORDS.contains(&type_name)
        || (type_name == "Query" && (query::FIELDS.contains(&field) || field == "node" || field.starts_with("load")))
        || core_types!(any)
}

/// The resolver behind a schema.
pub(crate) struct Dispatcher {
    api: Weak<Api>,
    view: View,
}

impl Dispatcher {
    pub(crate) fn new(api: &Arc<Api>, view: View) -> Dispatcher {
        Dispatcher {
            api: Arc::downgrade(api),
            view,
        }
    }
}

#[async_trait]
impl Resolve for Dispatcher {
    async fn resolve(&self, call: FieldCall) -> Result<Resolved, ResolveError> {
        let api = self
            .api
            .upgrade()
            .ok_or_else(|| ResolveError::new("the session has ended"))?;
        let resolved = resolve(&api, &self.view, call).await;
        resolved.map_err(|error| scrub(&api, error.into()))
    }

    fn type_name(&self, id: &ObjectId, asked: &[&str]) -> Option<String> {
        self.view.type_name(&*self.api.upgrade()?, id, asked)
    }
}

/// The error without plaintexts of secrets, whatever a command or a module put into it.
fn scrub(api: &Api, mut error: ResolveError) -> ResolveError {
    fn walk(api: &Api, value: &mut Value) {
        match value {
            Value::String(text) => *text = api.telemetry().redactor().scrub(text).into_owned(),
            Value::Array(items) => items.iter_mut().for_each(|item| walk(api, item)),
            Value::Object(map) => map.values_mut().for_each(|item| walk(api, item)),
            _ => {}
        }
    }
    error.message = api.telemetry().redactor().scrub(&error.message).into_owned();
    error.extensions.values_mut().for_each(|value| walk(api, value));
    error
}

async fn resolve(api: &Arc<Api>, view: &View, call: FieldCall) -> Result<Resolved, ApiError> {
    match &call.field.origin {
        Origin::Id => Ok(Resolved::Value(Value::String(parent(&call)?.to_string()))),
        Origin::Load => load(api, view, &call),
        Origin::Itself => Ok(Resolved::Object(parent(&call)?.clone())),
        Origin::Behaviour { .. } => module_object::behave(api, &call).await,
        Origin::State { key } => module_object::field(api, &call, key).await,
        Origin::Constructor { module, object } => module_object::construct(api, &call, module, object).await,
        Origin::Function { module, object } => module_object::call(api, &call, module, object).await,
        Origin::Core if (&*call.parent_type, &*call.field.name) == ("Query", "currentTypeDefs") => {
            type_def::current(api, view, &call)
        }
        Origin::Core => core(api, &call).await,
    }
}

/// The object that a field is asked of.
pub(crate) fn parent(call: &FieldCall) -> Result<&ObjectId, ApiError> {
    call.parent
        .as_ref()
        .ok_or_else(|| ApiError::other(format!("{}.{} has no parent object", call.parent_type, call.field.name)))
}

/// `node` and `load…FromID`: the ID must be of this session and, for a loader, of its type.
fn load(api: &Arc<Api>, view: &View, call: &FieldCall) -> Result<Resolved, ApiError> {
    let text = call.arguments.get("id").and_then(Value::as_str).unwrap_or_default();
    let id: ObjectId = text.parse()?;
    api.store().get(&id)?;
    let expected = call.field.returns.name();
    if expected != "Node" && !view.is(api, &id, expected) {
        return Err(ApiError::WrongType {
            found: view.shown(api, &id),
            id: text.to_owned(),
            expected: expected.to_owned(),
        });
    }
    Ok(Resolved::Object(id))
}

async fn core(api: &Arc<Api>, call: &FieldCall) -> Result<Resolved, ApiError> {
    let (type_name, field) = (&*call.parent_type, call.field.name.as_ref());
    if !supports(type_name, field) {
        return Err(ApiError::Unsupported {
            type_name: type_name.to_owned(),
            field: field.to_owned(),
        });
    }
    permissions::check(api, call)?;
    if type_name == "Query" && query::FIELDS.contains(&field) {
        return query::value(api, call).await;
    }
    if RECORDS.contains(&type_name) {
        return match &*api.store().get(parent(call)?)? {
            Recipe::Record(fields) => query::record_value(fields, call),
            _ => Err(ApiError::UnknownId(parent(call)?.to_string())),
        };
    }
    macro_rules! value {
        ($($core:ty),*) => {
            $(if <$core>::TYPE == type_name && <$core>::VALUES.contains(&field) {
                let id = parent(call)?;
                let state = api.state::<$core>(id, &call.request).await?;
                return state.value(ValueOf::new(api, id, call)).await;
            })*
        };
    }
    core_types!(value);
    let made = derive(api, call);
    if field == "run" {
        annotated::force(api, &made, &call.request).await?;
    }
    Ok(Resolved::Object(made))
}

/// A field that returns an object: its recipe.
fn derive(api: &Arc<Api>, call: &FieldCall) -> ObjectId {
    let recipe = Recipe::Call(Call {
        parent_type: call.parent_type.clone(),
        parent: call.parent.clone(),
        field: call.field.name.as_ref().into(),
        arguments: call.arguments.clone(),
        principal: depends_on_principal(api, call).then(|| call.request.principal.clone()),
    });
    api.store().insert(&call.field.returns.name().into(), recipe)
}

/// Whether the result depends on who asks. That of a command does when it has no network because of who asks.
fn depends_on_principal(api: &Api, call: &FieldCall) -> bool {
    let field = call.field.name.as_ref();
    PRINCIPAL_FIELDS.contains(&field) || (field == "withExec" && permissions::is_offline(api, &call.request.principal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dockwright_schema::core_types;

    /// Every field that a type says it supports exists in the core API and has the result that it should.
    #[test]
    fn supported_fields_exist() {
        let field = |type_name: &str, field: &str| {
            core_types::get(type_name)
                .and_then(|core| core.field(field))
                .unwrap_or_else(|| panic!("no {type_name}.{field}"))
        };
        macro_rules! check {
            ($($core:ty),*) => {
                $(for (type_name, name) in <$core>::SOURCES {
                    assert_eq!(field(type_name, name).returns.name, <$core>::TYPE, "{type_name}.{name}");
                }
                for name in <$core>::VALUES {
                    let returns = field(<$core>::TYPE, name).returns;
                    assert!(returns.list || returns.name != <$core>::TYPE, "{}.{name}", <$core>::TYPE);
                })*
            };
        }
        core_types!(check);
        for name in query::FIELDS {
            field("Query", name);
        }
    }

    /// What is still to be filled in, so that a change shows.
    #[test]
    fn fields_that_are_not_supported_yet() {
        let types = [
            "Query",
            "Container",
            "Directory",
            "File",
            "Secret",
            "CacheVolume",
            "Host",
            "Address",
            "Changeset",
            "DiffStat",
            "EnvFile",
            "EnvVariable",
            "HealthcheckConfig",
            "JSONValue",
            "Module",
            "SearchResult",
            "SearchSubmatch",
            "Label",
            "Port",
            "Stat",
        ];
        let missing: Vec<String> = types
            .iter()
            .filter_map(|name| core_types::get(name))
            .map(|core| {
                let names: Vec<&str> = core
                    .fields
                    .iter()
                    .map(|field| field.name)
                    .filter(|field| !supports(core.name, field))
                    .collect();
                format!("{}: {}", core.name, names.join(" "))
            })
            .collect();
        insta::assert_snapshot!(missing.join("\n"));
    }
}
