//! Values of a source.

use super::state::{ModuleSource, or_dot};
use super::{configuration, defaults, introspection, listed, origin};
use crate::api::Api;
use crate::core_object::{CoreObject, ValueOf};
use crate::env_file::EnvFile;
use crate::error::ApiError;
use crate::literal;
use crate::module::Module;
use crate::paths;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{API_VERSION, ObjectId, Resolved, SourceKind, SourceVersion, VisibleModule};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Fields whose values are given here.
pub(super) const FIELDS: &[&str] = &[
    "asModule",
    "asString",
    "cloneRef",
    "commit",
    "configClients",
    "configExists",
    "dependencies",
    "digest",
    "directory",
    "engineVersion",
    "generatedContextChangeset",
    "htmlRepoURL",
    "htmlURL",
    "introspectionSchemaJSON",
    "kind",
    "localContextDirectoryPath",
    "moduleName",
    "moduleOriginalName",
    "originalSubpath",
    "pin",
    "repoRootPath",
    "sdk",
    "sourceRootSubpath",
    "sourceSubpath",
    "sync",
    "toolchains",
    "userDefaults",
    "version",
];

/// The field's value.
pub(super) async fn value(source: &ModuleSource, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let text = |text: &str| Resolved::Value(Value::from(text));
    let version = |read: fn(&SourceVersion) -> &str| text(source.found.version.as_ref().map_or("", read));
    Ok(match field.name {
        "asModule" => Resolved::Object(module_of(field.api, source, field.id).await?),
        "asString" => text(&source.reference()),
        "cloneRef" => version(|version| &version.clone),
        "commit" if source.found.kind == SourceKind::Registry => text(""),
        "commit" | "pin" => version(|version| &version.pin),
        "configClients" => literal::list(field.api, "ModuleConfigClient", configuration::clients(source)),
        "configExists" => Resolved::Value(json!(source.found.manifest.is_some())),
        "dependencies" | "toolchains" => {
            let objects = listed::objects(field.api, source, field.name, field.id);
            Resolved::List(objects.into_iter().map(Resolved::Object).collect())
        }
        "digest" => text(&field.api.module_sources().digest(&source.at()).await?),
        "directory" => {
            let root = paths::absolute("/", &source.found.root);
            let path = paths::within(&root, field.arguments.text("path")?)?;
            let context = made(
                field.api,
                ModuleSource::TYPE,
                Some(field.id),
                "contextDirectory",
                json!({}),
                "Directory",
            );
            let arguments = json!({"path": path});
            Resolved::Object(made(
                field.api,
                "Directory",
                Some(&context),
                "directory",
                arguments,
                "Directory",
            ))
        }
        "engineVersion" => text(
            Some(source.text("engineVersion"))
                .filter(|version| !version.is_empty())
                .unwrap_or(API_VERSION),
        ),
        "generatedContextChangeset" => Resolved::Object(changeset(field)),
        "htmlRepoURL" => version(|version| &version.page),
        "htmlURL" => version(|version| &version.module_page),
        "introspectionSchemaJSON" => {
            let modules = introspection::visible(field.api, source).await?;
            Resolved::Object(schema_file(field.api, modules).await?)
        }
        "kind" => text(origin::kind_name(source.found.kind)),
        "localContextDirectoryPath" => match source.found.kind {
            SourceKind::Local => text(&source.found.context.to_string_lossy()),
            _ => {
                return Err(ApiError::other(
                    "localContextDirectoryPath: the module is in no directory of the caller's",
                ));
            }
        },
        "moduleName" => text(source.module_name()),
        "moduleOriginalName" => {
            let found = source.found.manifest.as_ref().and_then(|manifest| manifest.get("name"));
            text(found.and_then(Value::as_str).unwrap_or_else(|| source.text("name")))
        }
        "originalSubpath" => text(or_dot(&source.found.named)),
        "repoRootPath" => version(|version| &version.repository),
        "sdk" => match configuration::sdk(source) {
            Some(sdk) => Resolved::Object(literal::object(field.api, "SDKConfig", sdk)),
            None => Resolved::Value(Value::Null),
        },
        "sourceRootSubpath" => text(source.root()),
        "sourceSubpath" => text(&source.source_subpath()?),
        "sync" => text(&field.id.to_string()),
        "userDefaults" => Resolved::Object(user_defaults(source, field)?),
        "version" => version(|version| &version.version),
        _ => return field.unsupported(ModuleSource::TYPE),
    })
}

/// The module, loaded.
pub(crate) async fn module_of(
    api: &Arc<Api>,
    source: &ModuleSource,
    source_id: &ObjectId,
) -> Result<ObjectId, ApiError> {
    if source.manifest.is_empty() {
        return Err(ApiError::other(format!(
            "there is no module in {}: it has no dagger.json",
            source.reference()
        )));
    }
    let id = api.module_sources().load(&source.at()).await?;
    let served = api.module(&id)?;
    api.keep_source(&id, source_id.clone());
    Ok(Module::id(api, &served.module))
}

/// The API as code sees it that depends on these modules.
pub(crate) async fn schema_file(api: &Arc<Api>, modules: Vec<VisibleModule>) -> Result<ObjectId, ApiError> {
    let contents = introspection::seen(api, modules).await?;
    let arguments = json!({"name": "schema.json", "contents": contents, "permissions": 0o644});
    Ok(made(api, "Query", None, "file", arguments, "File"))
}

/// The `EnvFile` of the user's defaults.
pub(crate) fn user_defaults(source: &ModuleSource, field: ValueOf<'_>) -> Result<ObjectId, ApiError> {
    let file = defaults::of(field.api, source, &field.request.principal)?;
    Ok(variables(field.api, &file))
}

/// What is generated, as changes of the context.
fn changeset(field: ValueOf<'_>) -> ObjectId {
    let tree = |name: &str| {
        made(
            field.api,
            ModuleSource::TYPE,
            Some(field.id),
            name,
            json!({}),
            "Directory",
        )
    };
    let (context, generated) = (tree("contextDirectory"), tree("generatedContextDirectory"));
    let arguments = json!({"path": "/", "source": generated.to_string()});
    let after = made(
        field.api,
        "Directory",
        Some(&context),
        "withDirectory",
        arguments,
        "Directory",
    );
    let arguments = json!({"from": context.to_string()});
    made(field.api, "Directory", Some(&after), "changes", arguments, "Changeset")
}

/// An `EnvFile` with these variables.
fn variables(api: &Api, file: &EnvFile) -> ObjectId {
    let empty = made(api, "Query", None, "envFile", json!({}), EnvFile::TYPE);
    file.raw_variables().iter().fold(empty, |file, (name, value)| {
        let arguments = json!({"name": name, "value": value});
        made(
            api,
            EnvFile::TYPE,
            Some(&file),
            "withVariable",
            arguments,
            EnvFile::TYPE,
        )
    })
}

fn made(
    api: &Api,
    parent_type: &str,
    parent: Option<&ObjectId>,
    field: &str,
    arguments: Value,
    type_name: &str,
) -> ObjectId {
    let arguments = match arguments {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    let recipe = Recipe::Call(Call {
        parent_type: parent_type.into(),
        parent: parent.cloned(),
        field: field.into(),
        arguments,
        principal: None,
    });
    api.store().insert(&type_name.into(), recipe)
}
