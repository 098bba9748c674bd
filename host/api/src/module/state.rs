//! `Module`: what it offers, and how it comes about.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::literal;
use crate::loaded_module::ServedModule;
use crate::module::serve::serve;
use crate::module::source;
use crate::part::{list, text};
use crate::recipe::{Call, Recipe};
use crate::type_def::{ModuleTypes, Shape, TypeDef};
use dockwright_schema::{ModuleId, ObjectId, Request, Resolved, VisibleModule};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// State of a module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Name under which it is seen; empty for one that a client puts together.
    pub name: String,
    pub description: String,
    pub objects: Vec<Arc<TypeDef>>,
    pub interfaces: Vec<Arc<TypeDef>>,
    pub enums: Vec<Arc<TypeDef>>,
    /// The loaded module that it is.
    pub loaded: Option<Arc<ServedModule>>,
}

/// Arguments of the recipe of a loaded module. No client can give them: `Query.module` declares none.
const LOADED: &str = "loaded";
const NAME: &str = "name";

impl Module {
    /// A module of the session, as it is seen.
    pub(crate) fn id(api: &Api, module: &VisibleModule) -> ObjectId {
        let arguments = [(LOADED, &*module.id.0), (NAME, &module.name)];
        let recipe = Recipe::Call(Call {
            parent_type: "Query".into(),
            parent: None,
            field: "module".into(),
            arguments: arguments
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .into_iter()
                .collect::<Map<_, _>>(),
            principal: None,
        });
        api.store().insert(&Module::TYPE.into(), recipe)
    }

    fn of(served: Arc<ServedModule>, name: &str) -> Module {
        let seen = VisibleModule {
            name: name.to_owned(),
            ..served.module.clone()
        };
        let types = ModuleTypes(&seen);
        Module {
            description: seen.def.description.clone().unwrap_or_default(),
            objects: types.objects(),
            interfaces: types.interfaces(),
            enums: types.enums(),
            name: seen.name,
            loaded: Some(served),
        }
    }
}

impl CoreObject for Module {
    const TYPE: &'static str = "Module";
    const VALUES: &'static [&'static str] = &[
        "dependencies",
        "description",
        "enums",
        "interfaces",
        "introspectionSchemaJSON",
        "name",
        "objects",
        "runtime",
        "sdk",
        "serve",
        "source",
        "sync",
        "userDefaults",
    ];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "module"),
        ("Module", "withDescription"),
        ("Module", "withEnum"),
        ("Module", "withInterface"),
        ("Module", "withObject"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        if let ("Query", "module") = (&*call.parent_type, &*call.field) {
            return match arguments.optional_text(LOADED) {
                Some(id) => Ok(Module::of(api.module(&ModuleId(id.into()))?, arguments.text(NAME)?)),
                None => Ok(Module::default()),
            };
        }
        let mut module = (*api.parent_state::<Module>(call, request).await?).clone();
        // What it offers is no longer what was loaded.
        module.loaded = None;
        if &*call.field == "withDescription" {
            module.description = arguments.text("description")?.to_owned();
            return Ok(module);
        }
        let (argument, expected) = match &*call.field {
            "withObject" => ("object", "an object"),
            "withInterface" => ("iface", "an interface"),
            "withEnum" => ("enum", "an enum"),
            _ => return unsupported_source(call),
        };
        let definition = arguments.object(argument, TypeDef::TYPE)?;
        let definition = api.state::<TypeDef>(&definition, request).await?;
        let list = match (argument, &definition.shape) {
            ("object", Shape::Object(_)) => &mut module.objects,
            ("iface", Shape::Interface(_)) => &mut module.interfaces,
            ("enum", Shape::Enum(_)) => &mut module.enums,
            _ => {
                let found = definition.kind.map_or("no kind yet", |kind| kind.name());
                return Err(ApiError::other(format!(
                    "{} takes {expected}; this type has {found}",
                    call.field
                )));
            }
        };
        let name = definition.name();
        match list.iter_mut().find(|known| known.name() == name) {
            Some(_) => Err(ApiError::other(format!("the module has a type `{name}` already"))),
            None => {
                list.push(definition);
                Ok(module)
            }
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "dependencies" => {
                let dependencies = self.loaded.iter().flat_map(|served| &served.dependencies);
                let ids = dependencies.map(|module| Resolved::Object(Module::id(field.api, module)));
                Resolved::List(ids.collect())
            }
            "description" => text(&self.description),
            "enums" => list(field, &self.enums),
            "interfaces" => list(field, &self.interfaces),
            "name" => text(&self.name),
            "objects" => list(field, &self.objects),
            // Module code runs in this process: there is no container that it runs in.
            "runtime" => Resolved::Value(Value::Null),
            "sdk" => match self.loaded.as_ref().and_then(|served| served.sdk.as_ref()) {
                Some(source) => Resolved::Object(literal::object(
                    field.api,
                    "SDKConfig",
                    json!({"source": source, "debug": false}),
                )),
                None => Resolved::Value(Value::Null),
            },
            "serve" => serve(self, field)?,
            name if source::FIELDS.contains(&name) => source::value(self, field).await?,
            "sync" => text(&field.id.to_string()),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
