//! Modules that a manifest names: `dependencies`, `toolchains` and `blueprint`.

use super::state::ModuleSource;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{ObjectId, Request, SourceKind, SourcePlace};
use serde_json::{Map, Value};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The field that makes the source of a module which another one names. It is in no schema.
pub(super) const DEPENDENCY: &str = "dependency";

/// A module as a manifest names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    name: String,
    source: String,
    pin: String,
}

impl Entry {
    fn read(value: &Value) -> Entry {
        let text = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        match value {
            // Older manifests have a plain reference.
            Value::String(source) => Entry {
                source: source.clone(),
                ..Entry::default()
            },
            _ => Entry {
                name: text("name"),
                source: text("source"),
                pin: text("pin"),
            },
        }
    }

    /// Writes it over what the manifest said so far, whose other fields stay.
    fn written(&self, before: Option<&Value>) -> Value {
        let mut fields = Map::new();
        for (field, text) in [("name", &self.name), ("source", &self.source), ("pin", &self.pin)] {
            if !text.is_empty() {
                fields.insert(field.to_owned(), Value::from(text.as_str()));
            }
        }
        let before = before.and_then(Value::as_object).into_iter().flatten();
        for (field, value) in before.filter(|(field, _)| !matches!(field.as_str(), "name" | "source" | "pin")) {
            fields.insert(field.clone(), value.clone());
        }
        Value::Object(fields)
    }

    fn object(&self, api: &Api, of: &ObjectId) -> ObjectId {
        let fields = [("name", &self.name), ("source", &self.source), ("pin", &self.pin)];
        let recipe = Recipe::Call(Call {
            parent_type: "ModuleSource".into(),
            parent: Some(of.clone()),
            field: DEPENDENCY.into(),
            arguments: fields
                .map(|(field, text)| (field.to_owned(), Value::from(text.as_str())))
                .into_iter()
                .collect(),
            principal: None,
        });
        api.store().insert(&"ModuleSource".into(), recipe)
    }

    /// The name, its own when the manifest gives none.
    async fn known_name(&self, api: &Api, of: &ModuleSource) -> Result<String, ApiError> {
        if !self.name.is_empty() {
            return Ok(self.name.clone());
        }
        let place = SourcePlace::Dependency {
            of: Box::new(of.place.clone()),
            source: self.source.clone(),
            pin: Some(self.pin.clone()).filter(|pin| !pin.is_empty()),
        };
        let found = api.module_sources().find(&place).await?;
        let name = found
            .manifest
            .as_ref()
            .and_then(|manifest| manifest.get("name"))
            .and_then(Value::as_str);
        Ok(name.unwrap_or_default().to_owned())
    }
}

/// The objects of a list in the manifest.
pub(super) fn objects(api: &Api, source: &ModuleSource, list: &str, id: &ObjectId) -> Vec<ObjectId> {
    let entries = source
        .manifest
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    entries.map(|value| Entry::read(value).object(api, id)).collect()
}

/// The blueprint's object.
pub(super) fn blueprint(api: &Api, source: &ModuleSource, id: Option<&ObjectId>) -> Result<ObjectId, ApiError> {
    let entry = source.manifest.get("blueprint").map(Entry::read);
    match (entry, id) {
        (Some(entry), Some(id)) => Ok(entry.object(api, id)),
        _ => Err(ApiError::other(format!(
            "module `{}` has no blueprint",
            source.module_name()
        ))),
    }
}

/// What the manifest says of a module that becomes part of it.
pub(super) fn entry_of(of: &ModuleSource, added: &ModuleSource) -> Result<Entry, ApiError> {
    let name = added.module_name().to_owned();
    let version = added.found.version.as_ref();
    let is_beside = added.found.context == of.found.context && added.found.kind == of.found.kind;
    let refused = |what: &str| {
        Err(ApiError::other(format!(
            "module `{name}` cannot be named by `{}`: {what}",
            of.module_name()
        )))
    };
    if name.is_empty() {
        return refused("it has no manifest");
    }
    let (source, pin) = match (added.found.kind, version) {
        (SourceKind::Local | SourceKind::Directory, _) if is_beside => {
            if added.found.root == of.found.root {
                return refused("it is the same module");
            }
            (relative(&of.found.root, &added.found.root), String::new())
        }
        (SourceKind::Git | SourceKind::Registry, Some(version)) => (version.reference.clone(), version.pin.clone()),
        _ => {
            return refused(
                "their files are in different places; only modules in the same repository can be named by a path",
            );
        }
    };
    Ok(Entry { name, source, pin })
}

/// The way from one directory of a context to another, written so that it reads as a path.
fn relative(from: &str, to: &str) -> String {
    let parts = |path: &str| -> Vec<String> {
        let components = Path::new(path).components();
        components
            .filter(|part| matches!(part, Component::Normal(_)))
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let way: PathBuf = up.chain(to.iter().skip(shared).cloned()).collect();
    let way = way.to_string_lossy().into_owned();
    match way.as_str() {
        "" => ".".to_owned(),
        text if text.contains('.') && !text.starts_with('.') => format!("./{text}"),
        _ => way,
    }
}

/// `withDependencies` and `withToolchains`: entries of the same name are replaced, sorted lists stay sorted.
pub(super) async fn add(api: &Api, source: &mut ModuleSource, list: &str, added: Vec<Entry>) -> Result<(), ApiError> {
    let mut values = taken(source, list);
    let mut names = Vec::with_capacity(values.len());
    for value in &values {
        names.push(Entry::read(value).known_name(api, source).await?);
    }
    for entry in added {
        match names.iter().position(|name| *name == entry.name) {
            Some(at) => {
                if let Some(value) = values.get_mut(at) {
                    *value = entry.written(Some(value));
                }
            }
            None => {
                let at = match names.is_sorted() {
                    true => names.partition_point(|name| *name < entry.name),
                    false => names.len(),
                };
                names.insert(at, entry.name.clone());
                values.insert(at, entry.written(None));
            }
        }
    }
    put(source, list, values);
    Ok(())
}

/// `withoutDependencies` and `withoutToolchains`: by name, or by what the manifest says they are.
pub(super) async fn remove(api: &Api, source: &mut ModuleSource, list: &str, names: &[String]) -> Result<(), ApiError> {
    let mut values = taken(source, list);
    for wanted in names {
        let at = position(api, source, &values, wanted).await?;
        values.remove(at);
    }
    put(source, list, values);
    Ok(())
}

/// `withUpdateDependencies` and `withUpdateToolchains`: versions looked up anew; of all without names. A name may have another version behind `@`.
pub(super) async fn update(api: &Api, source: &mut ModuleSource, list: &str, names: &[String]) -> Result<(), ApiError> {
    let mut values = taken(source, list);
    let mut wanted: Vec<(usize, Option<&str>)> = Vec::new();
    for name in names {
        let (plain, version) = match name.split_once('@') {
            Some((plain, version)) => (plain, Some(version)),
            None => (name.as_str(), None),
        };
        wanted.push((position(api, source, &values, plain).await?, version));
    }
    if names.is_empty() {
        wanted = (0..values.len()).map(|index| (index, None)).collect();
    }
    for (index, version) in wanted {
        if let Some(value) = values.get_mut(index) {
            *value = updated(api, source, value, version).await?;
        }
    }
    put(source, list, values);
    Ok(())
}

/// The entry at what its version means now.
pub(super) async fn updated(
    api: &Api,
    source: &ModuleSource,
    value: &Value,
    version: Option<&str>,
) -> Result<Value, ApiError> {
    let mut entry = Entry::read(value);
    if let Some(version) = version {
        let base = entry
            .source
            .rsplit_once('@')
            .filter(|(_, version)| !version.contains([':', '/']));
        let base = base.map_or(entry.source.as_str(), |(base, _)| base);
        entry.source = format!("{base}@{version}");
    }
    if let Some(pin) = api.module_sources().current_pin(&source.place, &entry.source).await? {
        entry.pin = pin;
    }
    Ok(entry.written(Some(value)))
}

/// The blueprint of `withBlueprint`.
pub(super) async fn added(
    api: &Arc<Api>,
    source: &ModuleSource,
    ids: &[ObjectId],
    request: &Arc<Request>,
) -> Result<Vec<Entry>, ApiError> {
    let mut entries = Vec::with_capacity(ids.len());
    for id in ids {
        entries.push(entry_of(source, &*api.state::<ModuleSource>(id, request).await?)?);
    }
    Ok(entries)
}

/// `withBlueprint`.
pub(super) async fn set_blueprint(
    api: &Arc<Api>,
    source: &mut ModuleSource,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<(), ApiError> {
    let id = arguments.object("blueprint", "ModuleSource")?;
    let entries = added(api, source, &[id], request).await?;
    for entry in entries {
        source.manifest.insert("blueprint".to_owned(), entry.written(None));
    }
    Ok(())
}

async fn position(api: &Api, source: &ModuleSource, values: &[Value], wanted: &str) -> Result<usize, ApiError> {
    let mut names = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let entry = Entry::read(value);
        let base = entry.source.split('@').next().unwrap_or_default();
        if entry.name == wanted || entry.source == wanted || base == wanted {
            return Ok(index);
        }
        names.push(entry);
    }
    for (index, entry) in names.iter().enumerate() {
        if entry.known_name(api, source).await? == wanted {
            return Ok(index);
        }
    }
    let known: Vec<&str> = names
        .iter()
        .map(|entry| entry.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    Err(ApiError::other(format!(
        "module `{}` names no `{wanted}`; it names: {}",
        source.module_name(),
        if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        }
    )))
}

fn taken(source: &ModuleSource, list: &str) -> Vec<Value> {
    let values = source.manifest.get(list).and_then(Value::as_array);
    values.cloned().unwrap_or_default()
}

fn put(source: &mut ModuleSource, list: &str, values: Vec<Value>) {
    if values.is_empty() {
        source.manifest.shift_remove(list);
    } else {
        source.manifest.insert(list.to_owned(), Value::Array(values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_between_modules_read_as_paths() {
        for (from, to, way) in [
            ("ci", "lib", "../lib"),
            ("", "lib", "lib"),
            ("", "lib.d/x", "./lib.d/x"),
            ("a/b", "a", ".."),
            ("a/b", "", "../.."),
        ] {
            assert_eq!(relative(from, to), way, "{from} {to}");
        }
    }
}
