//! Modules of an artifact: the same `LockedModule` that a folder gives, without a manifest or source to read.

use crate::error::ModuleError;
use crate::locked::{Language, LockedDependency, LockedModule, Origin};
use crate::manifest::{Manifest, Sdk};
use crate::npm::NpmProject;
use crate::python::PythonProject;
use crate::requirements::OFFERED;
use dockwright_registry::{Artifact, FormatError, ModuleCode, ModuleEntry, Reference, Registry};
use serde_json::Map;
use std::path::PathBuf;
use std::sync::Arc;

/// A module of an artifact.
#[derive(Clone, Debug)]
pub struct ArtifactModule {
    /// The artifact.
    pub artifact: Arc<Artifact>,
    /// The module's place in it.
    pub index: usize,
    /// Where its code is, or will be when it was fetched.
    pub code: ModuleCode,
    /// Where the files are, or will be, that its default paths name; none when it was published without.
    pub context: Option<PathBuf>,
}

impl ArtifactModule {
    /// What the artifact says of the module.
    ///
    /// # Errors
    /// Never for a module that `find_artifact` has made.
    pub fn entry(&self) -> Result<&ModuleEntry, ModuleError> {
        let missing = || ModuleError::Reference {
            reference: self.artifact.pinned().to_string(),
            message: format!("it has no module {}", self.index),
        };
        self.artifact.description.modules.get(self.index).ok_or_else(missing)
    }
}

impl PartialEq for ArtifactModule {
    fn eq(&self, other: &ArtifactModule) -> bool {
        self.artifact.digest == other.artifact.digest && self.index == other.index
    }
}

impl Eq for ArtifactModule {}

/// Finds an artifact and makes locked modules of what it holds. No code is fetched.
///
/// # Errors
/// The reference makes no sense, the artifact cannot be had, or it needs what this version has not.
pub async fn find_artifact(registry: &Registry, reference: &str) -> Result<LockedModule, ModuleError> {
    let reference: Reference = reference.parse()?;
    let artifact = registry.find(&reference).await?;
    for module in &artifact.description.modules {
        module
            .requires
            .check(&module.name, OFFERED)
            .map_err(|problem| ModuleError::Incompatible {
                reference: reference.to_string(),
                problem: Box::new(problem),
            })?;
    }
    locked(registry, Arc::new(artifact))
}

fn locked(registry: &Registry, artifact: Arc<Artifact>) -> Result<LockedModule, ModuleError> {
    let entries = &artifact.description.modules;
    let mut made: Vec<Option<Arc<LockedModule>>> = vec![None; entries.len()];
    // Dependencies come after those that need them.
    for (index, (entry, identity)) in entries.iter().zip(&artifact.identities).enumerate().rev() {
        let dependencies = entry.dependencies.iter().filter_map(|dependency| {
            let module = made.get(dependency.module)?.clone()?;
            Some(LockedDependency {
                name: dependency.name.clone(),
                module,
            })
        });
        let dependencies = dependencies.collect();
        let code = registry.places(entry)?;
        let place = match &code {
            ModuleCode::Python { source, .. } => source.clone(),
            ModuleCode::TypeScript { bundle, .. } => bundle.clone(),
            ModuleCode::Component { path } => path.clone(),
        };
        let module = LockedModule {
            manifest: manifest(entry),
            root: place.clone(),
            source: place.clone(),
            context: place,
            digest: identity.hex(),
            language: match entry.language {
                dockwright_registry::Language::Python => Language::Python(PythonProject::default()),
                dockwright_registry::Language::TypeScript => Language::TypeScript(NpmProject::default()),
                dockwright_registry::Language::Component => Language::Go,
            },
            origin: Origin::Artifact(ArtifactModule {
                artifact: artifact.clone(),
                index,
                code,
                context: registry.context(entry),
            }),
            dependencies,
            blueprint: None,
            toolchains: Vec::new(),
        };
        if let Some(slot) = made.get_mut(index) {
            *slot = Some(Arc::new(module));
        }
    }
    let first = made.into_iter().next().flatten();
    first
        .map(Arc::unwrap_or_clone)
        .ok_or_else(|| ModuleError::Incompatible {
            reference: artifact.reference.to_string(),
            problem: Box::new(FormatError::NotAModule {
                found: "an artifact without modules".to_owned(),
            }),
        })
}

/// The manifest that the module would have, as far as an artifact tells.
fn manifest(entry: &ModuleEntry) -> Manifest {
    Manifest {
        name: entry.name.clone(),
        engine_version: None,
        sdk: Some(Sdk {
            source: entry.sdk.clone(),
            other: Map::new(),
        }),
        blueprint: None,
        toolchains: Vec::new(),
        dependencies: Vec::new(),
        source: None,
        include: Vec::new(),
        other: Map::new(),
    }
}
