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
    /// How many dependencies are named by digest.
    pub materials: usize,
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
        let predicate = &statement.predicate;
        let inside = |name: &str| &predicate["buildDefinition"]["internalParameters"][name];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let builder = &predicate["runDetails"]["builder"];
        let version = builder["version"]["dockwright"].as_str();
        Some(Provenance {
            repository: text(inside("repository")),
            commit: text(inside("commit")),
            is_changed: inside("changed").as_bool().unwrap_or_default(),
            builder: match version {
                Some(version) => format!("dockwright {version}"),
                None => text(&builder["id"]).unwrap_or_else(|| "an unknown builder".to_owned()),
            },
            materials: predicate["buildDefinition"]["resolvedDependencies"]
                .as_array()
                .map_or(0, Vec::len),
        })
    }
}
