//! How an artifact came about, as a SLSA provenance: from which commit, with which dependencies, by which version. It holds no time and no name of a
//! machine, so that the same artifact from the same place has the same provenance.

use crate::git_reference::without_password;
use crate::locked::{LockedModule, Origin};
use crate::resolve::SourceCommit;
use dockwright_registry::{Digest, Statement};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The predicate of SLSA provenances.
pub const PROVENANCE: &str = "https://slsa.dev/provenance/v1";

const BUILD_TYPE: &str = "https://github.com/dockwright/dockwright/publish/v1";
const BUILDER: &str = "https://github.com/dockwright/dockwright";

/// What a provenance says, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Repository of the source.
    pub repository: Option<String>,
    /// Commit of the source.
    pub commit: Option<String>,
    /// Whether the source differed from it.
    pub is_changed: bool,
    /// Version of what built it, as `name version`.
    pub builder: String,
}

/// The provenance of an artifact that was made of the module, which is at that commit, by that version of dockwright.
pub fn provenance(
    module: &LockedModule,
    source: Option<&SourceCommit>,
    reference: &str,
    artifact: Digest,
    version: &str,
) -> Statement {
    let mut materials = Vec::new();
    if let Some(source) = source {
        let url = source.url.as_deref().unwrap_or("");
        materials.push(json!({
            "uri": format!("git+{url}@{}", source.commit), "digest": {"gitCommit": source.commit},
        }));
    }
    let mut below = BTreeMap::new();
    collect(module, &mut below);
    materials.extend(below.into_values());
    let predicate = json!({
        "buildDefinition": {
            "buildType": BUILD_TYPE,
            "externalParameters": {"module": module.manifest.name, "reference": reference},
            "internalParameters": {
                "source": {"blake3": module.digest},
                "repository": source.and_then(|source| source.url.clone()),
                "commit": source.map(|source| source.commit.clone()),
                "changed": source.is_some_and(|source| source.is_changed),
            },
            "resolvedDependencies": materials,
        },
        "runDetails": {"builder": {"id": BUILDER, "version": {"dockwright": version}}},
    });
    let name = reference.strip_prefix(dockwright_registry::SCHEME).unwrap_or(reference);
    Statement::new(name, artifact, PROVENANCE, predicate)
}

/// What the modules below were pinned to, by their references.
fn collect(module: &LockedModule, found: &mut BTreeMap<String, Value>) {
    for dependency in &module.dependencies {
        let module = &dependency.module;
        let (uri, digest) = match &module.origin {
            Origin::Local | Origin::Session => (
                format!("module:{}", module.manifest.name),
                json!({"blake3": module.digest}),
            ),
            Origin::Git { url, commit, subpath } => {
                let url = without_password(url);
                (format!("git+{url}@{commit}#{subpath}"), json!({"gitCommit": commit}))
            }
            Origin::Artifact(module) => (
                module.artifact.reference.to_string(),
                json!({"sha256": module.artifact.digest.hex()}),
            ),
        };
        found.insert(uri.clone(), json!({"uri": uri, "digest": digest}));
        collect(module, found);
    }
}

impl Provenance {
    /// What a statement says, when it is a provenance.
    pub fn read(statement: &Statement) -> Option<Provenance> {
        if !statement.predicate_type.starts_with("https://slsa.dev/provenance/") {
            return None;
        }
        let text = |path: &str| statement.predicate.pointer(path)?.as_str().map(str::to_owned);
        let version = text("/runDetails/builder/version/dockwright").map(|version| format!("dockwright {version}"));
        let changed = statement
            .predicate
            .pointer("/buildDefinition/internalParameters/changed");
        Some(Provenance {
            repository: text("/buildDefinition/internalParameters/repository"),
            commit: text("/buildDefinition/internalParameters/commit"),
            is_changed: changed.and_then(Value::as_bool).unwrap_or_default(),
            builder: version
                .or_else(|| text("/runDetails/builder/id"))
                .unwrap_or_else(|| "an unknown builder".to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve;

    #[test]
    fn what_is_written_is_read_again() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("lint")).unwrap();
        let manifest = r#"{"name": "ci", "sdk": "python", "dependencies": [{"source": "./lint"}]}"#;
        std::fs::write(root.path().join("dagger.json"), manifest).unwrap();
        std::fs::write(
            root.path().join("lint/dagger.json"),
            r#"{"name": "lint", "sdk": "python"}"#,
        )
        .unwrap();
        let module = resolve(".", root.path()).unwrap();
        let source = SourceCommit {
            url: Some("https://git.example/acme/ci".to_owned()),
            commit: "0123".to_owned(),
            is_changed: true,
        };
        let artifact = Digest::of(b"artifact");
        let statement = provenance(&module, Some(&source), "oci://h/ci:1", artifact, "1.2.3");
        assert!(statement.is_about(artifact) && !statement.is_about(Digest::of(b"another")));
        let expected = Provenance {
            repository: source.url,
            commit: Some(source.commit),
            is_changed: true,
            builder: "dockwright 1.2.3".to_owned(),
        };
        assert_eq!(Provenance::read(&statement), Some(expected));
        let materials = statement
            .predicate
            .pointer("/buildDefinition/resolvedDependencies")
            .unwrap();
        let uris: Vec<&str> = materials
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|material| material["uri"].as_str())
            .collect();
        assert_eq!(uris, ["git+https://git.example/acme/ci@0123", "module:lint"]);
        let other = Statement::new("", artifact, "https://example.org/x", json!({}));
        assert_eq!(Provenance::read(&other), None);
        let foreign = Statement::new("", artifact, PROVENANCE, json!({"runDetails": 7}));
        assert_eq!(Provenance::read(&foreign).unwrap().builder, "an unknown builder");
    }
}
