//! Changes of a source's manifest, in memory: nothing is written before the user exports what is generated.

use super::state::ModuleSource;
use super::{configuration, listed};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use dockwright_schema::{API_VERSION, Request};
use serde_json::{Map, Value};
use std::path::{Component, Path};
use std::sync::Arc;

/// Makes the change that the field says.
pub(super) async fn apply(
    api: &Arc<Api>,
    source: &mut ModuleSource,
    field: &str,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<(), ApiError> {
    match field {
        "withName" => {
            source.name = None;
            set(source, "name", arguments.text("name")?);
        }
        "withEngineVersion" => {
            let version = arguments.text("version")?;
            let is_ours = version.is_empty() || version == "latest";
            set(source, "engineVersion", if is_ours { API_VERSION } else { version });
        }
        "withSourceSubpath" => {
            let path = arguments.text("path")?;
            require_below(path)?;
            set(source, "source", path);
        }
        "withIncludes" => {
            let mut patterns: Vec<Value> = match source.manifest.get("include") {
                Some(Value::Array(patterns)) => patterns.clone(),
                _ => Vec::new(),
            };
            let added = arguments.texts("patterns").into_iter().map(Value::from);
            for pattern in added {
                if !patterns.contains(&pattern) {
                    patterns.push(pattern);
                }
            }
            source.manifest.insert("include".to_owned(), Value::Array(patterns));
        }
        "withSDK" => configuration::set_sdk(source, arguments.text("source")?),
        "withExperimentalFeatures" => configuration::set_features(source, &arguments.texts("features"), true)?,
        "withoutExperimentalFeatures" => configuration::set_features(source, &arguments.texts("features"), false)?,
        "withClient" => {
            let directory = arguments.text("outputDir")?;
            require_below(directory)?;
            configuration::add_client(source, arguments.text("generator")?, directory);
        }
        "withoutClient" => configuration::remove_client(source, arguments.text("path")?)?,
        // Generators that come with the program have no version of their own.
        "withUpdatedClients" => configuration::require_clients(source, &arguments.texts("clients"))?,
        "withBlueprint" => listed::set_blueprint(api, source, arguments, request).await?,
        "withoutBlueprint" => drop(source.manifest.shift_remove("blueprint")),
        "withUpdateBlueprint" => {
            if let Some(value) = source.manifest.get("blueprint") {
                let updated = listed::updated(api, source, value, None).await?;
                source.manifest.insert("blueprint".to_owned(), updated);
            }
        }
        _ => return apply_to_list(api, source, field, arguments, request).await,
    }
    Ok(())
}

async fn apply_to_list(
    api: &Arc<Api>,
    source: &mut ModuleSource,
    field: &str,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<(), ApiError> {
    let list = if field.ends_with("Toolchains") {
        "toolchains"
    } else {
        "dependencies"
    };
    match field {
        "withDependencies" | "withToolchains" => {
            let ids = arguments.objects(list, "ModuleSource")?;
            let entries = listed::added(api, source, &ids, request).await?;
            listed::add(api, source, list, entries).await
        }
        "withoutDependencies" | "withoutToolchains" => listed::remove(api, source, list, &arguments.texts(list)).await,
        "withUpdateDependencies" | "withUpdateToolchains" => {
            listed::update(api, source, list, &arguments.texts(list)).await
        }
        _ => Err(ApiError::Unsupported {
            type_name: "ModuleSource".to_owned(),
            field: field.to_owned(),
        }),
    }
}

/// The order in which a new manifest has its fields.
const ORDER: [&str; 4] = ["name", "engineVersion", "sdk", "source"];

fn set(source: &mut ModuleSource, field: &str, text: &str) {
    source.manifest.insert(field.to_owned(), Value::from(text));
    if source.found.manifest.is_none() {
        let mut ordered = Map::new();
        for name in ORDER {
            if let Some(value) = source.manifest.shift_remove(name) {
                ordered.insert(name.to_owned(), value);
            }
        }
        ordered.append(&mut source.manifest);
        source.manifest = ordered;
    }
}

/// Refuses a path that leads out of the module.
fn require_below(path: &str) -> Result<(), ApiError> {
    let leads_out = |part: Component<'_>| !matches!(part, Component::Normal(_) | Component::CurDir);
    if Path::new(path).components().any(leads_out) {
        return Err(ApiError::other(format!(
            "`{path}` is no path below the module's directory"
        )));
    }
    Ok(())
}
