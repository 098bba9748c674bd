//! The dependencies in the text of `dagger.json`, changed the way Dagger writes them: fields keep their order, what is not known here
//! stays, two spaces, a final newline.

use super::list::DependencyList;
use crate::error::ModuleError;
use crate::manifest::{EXPERIMENTAL, Manifest, SELF_CALLS, TOML_NAME};
use crate::permissions::{ALLOW, SECTION};
use dockwright_schema::Permission;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Fields in the order that Dagger writes them.
const ORDER: [&str; 10] = [
    "$schema",
    "name",
    "engineVersion",
    "sdk",
    "runtime",
    "blueprint",
    "toolchains",
    "include",
    "exclude",
    "dependencies",
];

/// A manifest as it is written.
#[derive(Clone, Debug)]
pub(super) struct ManifestText {
    path: PathBuf,
    text: String,
    fields: Option<Map<String, Value>>,
}

impl ManifestText {
    pub(super) fn read(path: &Path) -> Result<ManifestText, ModuleError> {
        ManifestText::parse(path, fs_err::read_to_string(path)?)
    }

    fn parse(path: &Path, text: String) -> Result<ManifestText, ModuleError> {
        // For its errors, which have lines.
        Manifest::parse(path, &text)?;
        Ok(ManifestText {
            path: path.to_owned(),
            fields: serde_json::from_str(&text).ok(),
            text,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn manifest(&self) -> Result<Manifest, ModuleError> {
        Manifest::parse(&self.path, &self.text)
    }

    pub(super) fn to_text(&self) -> String {
        self.text.clone()
    }

    /// Puts a dependency in the place of the one at `index`, else among the others: by name where these are sorted, as Dagger has them,
    /// else at the end.
    pub(super) fn set(
        &mut self,
        list: DependencyList,
        index: Option<usize>,
        name: &str,
        source: &str,
        pin: Option<&str>,
    ) -> Result<(), ModuleError> {
        let mut entry = entry(name, source, pin);
        self.change(list.field(), |dependencies| {
            if let Some(place) = index.and_then(|index| dependencies.get_mut(index)) {
                // Fields that are not known here stay.
                if let Value::Object(old) = place {
                    old.retain(|field, _| !["name", "source", "pin"].contains(&field.as_str()));
                    entry.append(old);
                }
                *place = Value::Object(entry);
                return;
            }
            let names: Vec<&str> = dependencies.iter().map(name_of).collect();
            let at = match names.is_sorted() {
                true => names.partition_point(|other| *other < name),
                false => names.len(),
            };
            dependencies.insert(at, Value::Object(entry));
        })
    }

    /// Allows the dependency of that name more than before.
    pub(super) fn allow(&mut self, name: &str, allowed: &BTreeSet<Permission>) -> Result<(), ModuleError> {
        let (false, Some(fields)) = (allowed.is_empty(), &mut self.fields) else {
            return Ok(());
        };
        let section = fields.entry(SECTION).or_insert_with(|| Value::Object(Map::new()));
        let allow = section
            .as_object_mut()
            .map(|section| section.entry(ALLOW).or_insert_with(|| Value::Object(Map::new())));
        let list = allow
            .and_then(Value::as_object_mut)
            .map(|allow| allow.entry(name).or_insert_with(|| Value::Array(Vec::new())));
        if let Some(list) = list.and_then(Value::as_array_mut) {
            for permission in allowed {
                let text = Value::from(permission.to_string());
                if !list.contains(&text) {
                    list.push(text);
                }
            }
        }
        self.rewrite()
    }

    /// Takes the dependency of that name out, with what it was allowed.
    pub(super) fn remove(&mut self, list: DependencyList, index: usize, name: &str) -> Result<(), ModuleError> {
        let section = self
            .fields
            .as_mut()
            .and_then(|fields| fields.get_mut(SECTION)?.as_object_mut());
        if let Some(section) = section
            && let Some(Value::Object(allowed)) = section.get_mut(ALLOW)
        {
            allowed.shift_remove(name);
            if allowed.is_empty() {
                section.shift_remove(ALLOW);
            }
        }
        self.change(list.field(), |dependencies| {
            if index < dependencies.len() {
                dependencies.remove(index);
            }
        })
    }

    /// Names the module whose functions this one has.
    pub(super) fn set_blueprint(&mut self, name: &str, source: &str, pin: Option<&str>) -> Result<(), ModuleError> {
        put(self.fields()?, "blueprint", Value::Object(entry(name, source, pin)));
        self.rewrite()
    }

    /// Says that the module's code calls the module itself, or nothing of it.
    pub(super) fn set_self_calls(&mut self, calls: bool) -> Result<(), ModuleError> {
        let fields = self.fields()?;
        let name = ["sdk", "runtime"].into_iter().find(|name| fields.contains_key(*name));
        let sdk = fields.entry(name.unwrap_or("sdk")).or_insert(Value::Null);
        if let Value::String(source) = sdk {
            *sdk = json!({"source": source});
        }
        if let Value::Object(sdk) = sdk {
            let features = sdk.entry(EXPERIMENTAL).or_insert_with(|| json!({}));
            if let Value::Object(features) = features {
                match calls {
                    true => features.insert(SELF_CALLS.to_owned(), Value::Bool(true)),
                    false => features.shift_remove(SELF_CALLS),
                };
                if features.is_empty() {
                    sdk.shift_remove(EXPERIMENTAL);
                }
            }
        }
        self.rewrite()
    }

    fn fields(&mut self) -> Result<&mut Map<String, Value>, ModuleError> {
        self.fields.as_mut().ok_or_else(|| ModuleError::Invalid {
            path: self.path.clone(),
            message: format!(
                "dockwright changes dagger.json only; write the `[[dependencies]]` of {TOML_NAME} by hand"
            ),
        })
    }

    fn rewrite(&mut self) -> Result<(), ModuleError> {
        self.text = serde_json::to_string_pretty(self.fields()?).map_err(std::io::Error::from)? + "\n";
        Ok(())
    }

    fn change(&mut self, field: &str, change: impl FnOnce(&mut Vec<Value>)) -> Result<(), ModuleError> {
        let fields = self.fields()?;
        let mut dependencies = match fields.get_mut(field) {
            Some(Value::Array(present)) => std::mem::take(present),
            _ => Vec::new(),
        };
        change(&mut dependencies);
        if dependencies.is_empty() {
            fields.shift_remove(field);
        } else {
            put(fields, field, Value::Array(dependencies));
        }
        self.rewrite()
    }
}

/// A module as a manifest names it.
fn entry(name: &str, source: &str, pin: Option<&str>) -> Map<String, Value> {
    let fields = [("name", Some(name)), ("source", Some(source)), ("pin", pin)].into_iter();
    fields
        .filter_map(|(field, value)| Some((field.to_owned(), Value::from(value?))))
        .collect()
}

/// Gives the field a value: in its place, else after those that come before it.
fn put(fields: &mut Map<String, Value>, field: &str, value: Value) {
    if let Some(present) = fields.get_mut(field) {
        *present = value;
        return;
    }
    let before: Vec<&str> = ORDER.into_iter().take_while(|other| *other != field).collect();
    let after = fields.keys().rposition(|field| before.contains(&field.as_str()));
    let at = after.map_or(fields.len(), |index| index + 1);
    fields.shift_insert(at, field.to_owned(), value);
}

fn name_of(dependency: &Value) -> &str {
    dependency.get("name").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> ManifestText {
        ManifestText::parse(Path::new("dagger.json"), json.to_owned()).unwrap()
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let mut manifest = text(
            r#"{"name": "ci", "engineVersion": "v0.21.8", "sdk": {"source": "go", "config": {"x": "<&>"}}, "source": ".dagger", "disableDefaultFunctionCaching": true}"#,
        );
        manifest
            .set(
                DependencyList::Dependencies,
                None,
                "lint",
                "github.com/acme/ci/lint@v1",
                Some("00"),
            )
            .unwrap();
        manifest
            .set(DependencyList::Dependencies, None, "alpha", "../alpha", None)
            .unwrap();
        insta::assert_snapshot!(manifest.to_text(), @r#"
        {
          "name": "ci",
          "engineVersion": "v0.21.8",
          "sdk": {
            "source": "go",
            "config": {
              "x": "<&>"
            }
          },
          "dependencies": [
            {
              "name": "alpha",
              "source": "../alpha"
            },
            {
              "name": "lint",
              "source": "github.com/acme/ci/lint@v1",
              "pin": "00"
            }
          ],
          "source": ".dagger",
          "disableDefaultFunctionCaching": true
        }
        "#);
        manifest.remove(DependencyList::Dependencies, 0, "alpha").unwrap();
        manifest.remove(DependencyList::Dependencies, 0, "lint").unwrap();
        assert!(!manifest.to_text().contains("dependencies"));
    }

    #[test]
    fn what_a_dependency_was_allowed_goes_with_it() {
        let mut manifest = text(
            r#"{"name": "ci", "dependencies": ["./a", "./b"], "dockwright": {"uses": {}, "allow": {"a": ["privileged"], "b": ["network"]}}}"#,
        );
        let section = |manifest: &ManifestText| -> String {
            let fields: Value = serde_json::from_str(&manifest.to_text()).unwrap();
            fields[SECTION].to_string()
        };
        let more = ["privileged", "network:docker.io"].map(|text| text.parse().unwrap());
        manifest.allow("a", &BTreeSet::from(more)).unwrap();
        assert_eq!(
            section(&manifest),
            r#"{"uses":{},"allow":{"a":["privileged","network:docker.io"],"b":["network"]}}"#
        );
        manifest.remove(DependencyList::Dependencies, 0, "a").unwrap();
        assert_eq!(section(&manifest), r#"{"uses":{},"allow":{"b":["network"]}}"#);
        manifest.remove(DependencyList::Dependencies, 0, "b").unwrap();
        assert_eq!(section(&manifest), r#"{"uses":{}}"#);
    }

    #[test]
    fn an_entry_is_replaced_in_place() {
        let mut manifest = text(
            r#"{"name": "ci", "dependencies": ["./z", {"name": "b", "source": "x", "pin": "1", "customizations": []}, "./a"]}"#,
        );
        manifest
            .set(DependencyList::Dependencies, Some(1), "b", "y", None)
            .unwrap();
        manifest
            .set(DependencyList::Dependencies, None, "a", "./c", None)
            .unwrap();
        let compact: Value = serde_json::from_str(&manifest.to_text()).unwrap();
        insta::assert_snapshot!(compact["dependencies"].to_string(), @r#"["./z",{"name":"b","source":"y","customizations":[]},"./a",{"name":"a","source":"./c"}]"#);
    }

    #[test]
    fn self_calls_are_said_as_dagger_says_them() {
        let mut manifest = text(r#"{"name": "ci", "sdk": "go", "source": "."}"#);
        manifest.set_self_calls(true).unwrap();
        let compact: Value = serde_json::from_str(&manifest.to_text()).unwrap();
        insta::assert_snapshot!(compact.to_string(), @r#"{"name":"ci","sdk":{"source":"go","experimental":{"SELF_CALLS":true}},"source":"."}"#);
        assert!(manifest.manifest().unwrap().calls_itself());
        manifest.set_self_calls(false).unwrap();
        assert!(!manifest.to_text().contains("experimental"));
    }

    #[test]
    fn toml_is_left_to_the_user() {
        let toml = "name = \"ci\"\nruntime.source = \"go\"\n".to_owned();
        let mut manifest = ManifestText::parse(Path::new("dagger-module.toml"), toml).unwrap();
        let error = manifest
            .set(DependencyList::Dependencies, None, "a", "./a", None)
            .unwrap_err()
            .to_string();
        insta::assert_snapshot!(error, @"dagger-module.toml: dockwright changes dagger.json only; write the `[[dependencies]]` of dagger-module.toml by hand");
    }
}
