//! What the introspector (`sdk-go/introspect`) is asked, and what it answers. Its README describes both.

use crate::error::GoError;
use dockwright_schema::ModuleDef;
use dockwright_schema::core_types::{CoreKind, TYPES};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The introspector among the runtimes of the installation.
pub const PROGRAM: &str = "go-introspect";

/// What a module offers, and the code that lets it be called.
#[derive(Clone, Debug, PartialEq)]
pub struct Introspected {
    /// What it offers.
    pub definition: ModuleDef,
    /// Files of package main by name.
    pub generated: BTreeMap<String, String>,
}

/// Something in the source that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Diagnostic {
    file: String,
    line: u32,
    column: u32,
    message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

#[derive(Deserialize)]
struct Answer {
    definition: Option<ModuleDef>,
    generated: BTreeMap<String, String>,
    diagnostics: Vec<Diagnostic>,
}

impl Introspected {
    /// Reads the introspector's answer.
    ///
    /// # Errors
    /// What it found wrong with the source.
    pub fn parse(answer: Value) -> Result<Introspected, GoError> {
        let answer: Answer = serde_json::from_value(answer).map_err(|error| GoError::Answer(error.to_string()))?;
        match answer.definition {
            Some(definition) if answer.diagnostics.is_empty() => Ok(Introspected {
                definition,
                generated: answer.generated,
            }),
            None if answer.diagnostics.is_empty() => Err(GoError::Answer("it is empty".to_owned())),
            _ => Err(GoError::Diagnostics(answer.diagnostics)),
        }
    }

    /// How the module imports its client, `dagger/ci/internal/dagger`: as the generated code does.
    pub fn client(&self) -> Option<&str> {
        self.generated.values().find_map(|text| {
            text.lines().find_map(|line| {
                let path = line.trim().split('"').nth(1)?;
                path.ends_with("/internal/dagger").then_some(path)
            })
        })
    }
}

/// What to ask about the module with its source in that folder.
///
/// # Errors
/// The folder cannot be read.
pub fn request(module: &str, source: &Path) -> Result<Value, GoError> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(source)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_file() && (name.ends_with(".go") || name == "go.mod") {
            files.push((name.to_owned(), fs_err::read_to_string(&path)?));
        }
    }
    files.sort();
    let files: Vec<Value> = files
        .into_iter()
        .map(|(path, text)| json!({"path": path, "text": text}))
        .collect();
    let named = |kind: CoreKind| -> Vec<&str> {
        TYPES
            .iter()
            .filter(|each| each.kind == kind)
            .map(|each| each.name)
            .collect()
    };
    let enums: BTreeMap<&str, Vec<&str>> = TYPES
        .iter()
        .filter(|each| each.kind == CoreKind::Enum)
        .map(|each| (each.name, each.members.iter().map(|member| member.name).collect()))
        .collect();
    Ok(json!({
        "module": module,
        "files": files,
        "core": {
            "objects": named(CoreKind::Object),
            "interfaces": named(CoreKind::Interface),
            "inputs": named(CoreKind::Input),
            "scalars": named(CoreKind::Scalar),
            "enums": enums,
        },
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    #[test]
    fn the_request_has_sources_and_core_types() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join("main.go"), "package main").unwrap();
        fs_err::write(folder.path().join("go.mod"), "module dagger/ci").unwrap();
        fs_err::write(folder.path().join("go.sum"), "").unwrap();
        let request = request("ci", folder.path()).unwrap();
        assert_eq!(request["files"].as_array().unwrap().len(), 2);
        assert_eq!(request["files"][1]["text"], "package main");
        assert!(
            request["core"]["objects"]
                .as_array()
                .unwrap()
                .contains(&json!("Container"))
        );
        assert!(
            request["core"]["enums"]["ReturnType"]
                .as_array()
                .unwrap()
                .contains(&json!("SUCCESS"))
        );
    }

    #[test]
    fn answers_are_read() {
        let generated =
            "import (\n\t\"context\"\n\t\"dagger/ci/internal/dagger\"\n\tx \"dagger/ci/internal/dagger/dispatch\"\n)";
        let definition = serde_json::to_value(ModuleDef::default()).unwrap();
        let good = json!({"definition": definition, "generated": {"dagger.gen.go": generated}, "diagnostics": []});
        assert_eq!(
            Introspected::parse(good).unwrap().client(),
            Some("dagger/ci/internal/dagger")
        );
        let found = json!({"file": "main.go", "line": 3, "column": 1, "message": "no"});
        let bad = json!({"definition": null, "generated": {}, "diagnostics": [found]});
        assert_eq!(Introspected::parse(bad).unwrap_err().to_string(), "main.go:3:1: no");
    }
}
