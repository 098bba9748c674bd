//! `dagger.json`, in the form that Dagger writes and reads (versions 0.9 to 0.21). What is not known here is kept when the file is written again.

use crate::error::ModuleError;
use miette::{NamedSource, SourceSpan};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::Path;

/// The file's name.
pub(crate) const FILE_NAME: &str = "dagger.json";

/// The file's name in Dagger 1.0, where it is TOML.
pub(crate) const TOML_NAME: &str = "dagger-module.toml";

/// Where `sdk` has what is not for everyone.
pub(crate) const EXPERIMENTAL: &str = "experimental";

/// That the module's code calls the module itself.
pub(crate) const SELF_CALLS: &str = "SELF_CALLS";

/// Version of Dagger's engine whose module format we write.
pub(crate) const ENGINE_VERSION: &str = "v0.21.8";

/// A module's manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Name of the module.
    pub name: String,
    /// Version of Dagger's engine that it was written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine_version: Option<String>,
    /// What it is written with; none for a module that only has dependencies.
    #[serde(default, alias = "runtime", skip_serializing_if = "Option::is_none")]
    pub sdk: Option<Sdk>,
    /// A module whose functions it has, in the place of code of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blueprint: Option<Dependency>,
    /// Modules whose functions are offered beside its own, for the files around it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub toolchains: Vec<Dependency>,
    /// Other modules that it calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<Dependency>,
    /// Where its source is, relative to the manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Files beside the source that belong to it; `!` leaves out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What a module is written with. Older manifests have a plain text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sdk {
    /// `python`, `typescript`, `go`, possibly with `@version`, or a reference to a module.
    pub source: String,
    /// Everything else that the manifest says of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Sdk {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "`sdk` should be a text such as \"python\", or an object with `source`"
        )]
        enum Form {
            Name(String),
            Full {
                source: String,
                #[serde(flatten)]
                other: Map<String, Value>,
            },
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Name(source) => Sdk {
                source,
                other: Map::new(),
            },
            Form::Full { source, other } => Sdk { source, other },
        })
    }
}

/// A module that a module calls. Older manifests have a plain reference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dependency {
    /// Name under which it is called; none stands for its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is: a relative path or a git reference.
    pub source: String,
    /// The commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// Everything else that the manifest says of it: of a toolchain, what is changed of its functions.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Dependency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "a dependency should be a reference, or an object with `source`"
        )]
        enum Form {
            Reference(String),
            Full {
                name: Option<String>,
                source: String,
                pin: Option<String>,
                #[serde(flatten)]
                other: Map<String, Value>,
            },
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Reference(source) => Dependency {
                name: None,
                source,
                pin: None,
                other: Map::new(),
            },
            Form::Full {
                name,
                source,
                pin,
                other,
            } => Dependency {
                name: name.filter(|name| !name.is_empty()),
                source,
                pin: pin.filter(|pin| !pin.is_empty()),
                other,
            },
        })
    }
}

impl Manifest {
    /// Reads a manifest. The error shows the line.
    pub fn read(path: &Path) -> Result<Manifest, ModuleError> {
        Manifest::parse(path, &fs_err::read_to_string(path)?)
    }

    /// The manifest in that text; `path` is for messages.
    pub fn parse(path: &Path, text: &str) -> Result<Manifest, ModuleError> {
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        let manifest = if is_toml {
            from_toml(path, text)
        } else {
            from_json(path, text)
        }?;
        if manifest.name.is_empty()
            || !manifest
                .name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '))
        {
            let message = format!(
                "`name` is {:?}; it should be letters, digits, `-` and `_`",
                manifest.name
            );
            return Err(ModuleError::Invalid {
                path: path.to_owned(),
                message,
            });
        }
        Ok(manifest)
    }

    /// Whether the module's code calls the module itself, as Dagger's manifests say it.
    pub fn calls_itself(&self) -> bool {
        let experimental = self.sdk.as_ref().and_then(|sdk| sdk.other.get(EXPERIMENTAL));
        let flag = experimental.and_then(|features| features.get(SELF_CALLS));
        flag.and_then(Value::as_bool).unwrap_or_default()
    }

    /// The manifest's text, as Dagger writes it: two spaces, a final newline.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

fn from_json(path: &Path, text: &str) -> Result<Manifest, ModuleError> {
    serde_json::from_str(text).map_err(|error| {
        let offset = offset_of(text, error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        ModuleError::Manifest {
            path: path.to_owned(),
            message: format!("line {}, column {}: {message}", error.line(), error.column()),
            text: NamedSource::new(path.to_string_lossy(), text.to_owned()).with_language("json"),
            place: SourceSpan::from((offset, 1)),
        }
    })
}

fn from_toml(path: &Path, text: &str) -> Result<Manifest, ModuleError> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let before = text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        ModuleError::Manifest {
            path: path.to_owned(),
            message: format!("line {line}, column {column}: {}", error.message()),
            text: NamedSource::new(path.to_string_lossy(), text.to_owned()).with_language("toml"),
            place: SourceSpan::from(span),
        }
    })
}

/// Byte offset of a line and column, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Manifest, String> {
        Manifest::parse(Path::new("dagger.json"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn old_and_new_forms_are_read() {
        let old = parse(r#"{"name": "ci", "sdk": "python", "source": "dagger", "dependencies": ["../lib"]}"#).unwrap();
        let new = parse(r#"{"name": "ci", "sdk": {"source": "python"}, "source": "dagger", "dependencies": [{"source": "../lib"}]}"#).unwrap();
        assert_eq!(old, new);
        assert_eq!(old.sdk.unwrap().source, "python");
    }

    #[test]
    fn every_form_that_dagger_had_is_read() {
        // 0.9: a root above the module, `exclude`, plain references.
        let oldest = r#"{"name": "ci", "root": "../..", "sdk": "github.com/acme/sdk", "include": ["src"], "exclude": [".git"], "dependencies": ["../lib", "github.com/acme/ci/lint@0123456789abcdef0123456789abcdef01234567"]}"#;
        let oldest = parse(oldest).unwrap();
        assert_eq!(
            (oldest.dependencies.len(), oldest.sdk.unwrap().source.as_str()),
            (2, "github.com/acme/sdk")
        );
        assert!(oldest.other.contains_key("root") && oldest.other.contains_key("exclude"));
        // 0.11 to 0.15: named dependencies, a version of the engine, views.
        let middle = r#"{"name": "ci", "sdk": "go", "views": [], "dependencies": [{"name": "lint", "source": "github.com/acme/ci/lint@v1"}], "source": "dagger", "engineVersion": "v0.13.0"}"#;
        assert_eq!(parse(middle).unwrap().dependencies[0].pin, None);
        // 0.16 to 0.21: `sdk` with settings, pins, blueprints and toolchains.
        let newer = r#"{"$schema": "https://docs.dagger.io/reference/dagger.schema.json", "name": "ci", "engineVersion": "v0.21.8", "sdk": {"source": "python", "config": {"useUv": true}}, "toolchains": [{"name": "t", "source": "./t", "customizations": []}], "dependencies": [{"name": "lint", "source": "github.com/acme/ci/lint@v1", "pin": "00"}, {"name": "lib", "source": "lib", "pin": ""}], "source": ".dagger"}"#;
        let newer = parse(newer).unwrap();
        assert_eq!(newer.dependencies[0].pin.as_deref(), Some("00"));
        assert_eq!(newer.dependencies[1].pin, None);
        // 1.0.
        for toml in [
            "name = \"ci\"\nengineVersion = \"v1.0.0\"\nruntime.source = \"python\"\ninclude = [\"!target\"]\n\n[[dependencies]]\nname = \"lint\"\nsource = \"github.com/acme/ci/lint\"\n",
            "name = \"ci\"\nengineVersion = \"v1.0.0\"\ninclude = [\"!target\"]\ndependencies = [{name = \"lint\", source = \"github.com/acme/ci/lint\"}]\n[runtime]\n  source = \"python\"\n  pin = \"00\"\n",
        ] {
            let new = Manifest::parse(Path::new(TOML_NAME), toml).unwrap();
            assert_eq!(new.sdk.unwrap().source, "python");
            assert_eq!(new.dependencies[0].name.as_deref(), Some("lint"));
        }
        let wrong = Manifest::parse(Path::new(TOML_NAME), "name = 3\n")
            .unwrap_err()
            .to_string();
        assert_eq!(
            wrong,
            "dagger-module.toml: line 1, column 8: invalid type: integer `3`, expected a string"
        );
    }

    #[test]
    fn what_is_not_known_is_kept() {
        let text = r#"{"name": "ci", "sdk": {"source": "go", "config": {"x": 1}}, "toolchains": [{"name": "t", "source": "./t", "ignoreChecks": ["x"]}], "disableDefaultFunctionCaching": true}"#;
        let written = parse(text).unwrap().to_text().unwrap();
        let (before, after): (Value, Value) = (
            serde_json::from_str(text).unwrap(),
            serde_json::from_str(&written).unwrap(),
        );
        assert_eq!(before, after);
    }

    #[test]
    fn errors_have_line_and_column() {
        assert_eq!(
            parse("{\n  \"name\": \"ci\",\n  \"sdk\": 3\n}").unwrap_err(),
            "dagger.json: line 4, column 1: `sdk` should be a text such as \"python\", or an object with `source`"
        );
        assert_eq!(
            parse("{\n  \"name\": \"ci\",\n}").unwrap_err(),
            "dagger.json: line 3, column 1: trailing comma"
        );
        assert_eq!(
            parse("{}").unwrap_err(),
            "dagger.json: line 1, column 2: missing field `name`"
        );
        assert!(
            parse(r#"{"name": "a/b"}"#)
                .unwrap_err()
                .contains("it should be letters")
        );
    }
}
