//! Modules of artifacts: the definition is a layer of its own, the code is fetched when it is needed, and no toolchain ever.

use super::itself::with_itself;
use super::python::with_dependencies;
use super::{Need, Prepared, utf8};
use crate::error::CliError;
use crate::session::Session;
use dockwright_module::{ArtifactModule, LockedModule, Origin, bundle_differs, definitions_differ};
use dockwright_registry::{Artifact, ModuleCode, embedded_definition};
use dockwright_runtime::{Language, ModuleSource};
use dockwright_schema::{ModuleDef, VisibleModule};
use dockwright_telemetry::{Outcome, SpanKind};
use std::path::PathBuf;
use std::sync::Arc;

/// What the artifact tells of the module. Its code need not be here yet.
pub(super) async fn prepare(
    session: &Session,
    locked: &LockedModule,
    module: &ArtifactModule,
    dependencies: &[VisibleModule],
    need: Need,
) -> Result<Prepared, CliError> {
    let registry = session.registries();
    let definition = registry
        .definition(&module.artifact, module.entry()?)
        .await
        .map_err(dockwright_module::ModuleError::from)?;
    let language = match &module.code {
        ModuleCode::Python { source, packages } => Language::Python {
            root: utf8(source)?,
            dependencies: packages.as_deref().map(utf8).transpose()?,
            generated: None,
        },
        ModuleCode::TypeScript { bundle, maps } => Language::TypeScript {
            bundle: utf8(bundle)?,
            maps: utf8(maps)?,
        },
        ModuleCode::Component { path } => Language::Component { path: utf8(path)? },
    };
    let source = ModuleSource {
        name: locked.manifest.name.clone(),
        digest: locked.digest.clone(),
        language,
    };
    let prepared = Prepared {
        callable: with_dependencies(session, source, &with_itself(locked, &definition, dependencies)),
        definition,
    };
    if need == Need::Code {
        verify(session, module, &prepared).await?;
    }
    Ok(prepared)
}

/// What the module's cache volumes are kept apart by: where it was published, whatever the version.
pub(super) fn place(module: &ArtifactModule) -> PathBuf {
    let reference = &module.artifact.reference;
    PathBuf::from(format!("oci://{}/{}", reference.registry(), reference.repository()))
}

/// Fetches and unpacks the code of the module's artifact, and of those among its dependencies.
pub(crate) async fn fetch(session: &Session, locked: &LockedModule) -> Result<(), CliError> {
    for artifact in artifacts(locked) {
        let registry = session.registries();
        if registry.has_code(&artifact) {
            continue;
        }
        let label = format!("fetch {}", artifact.pinned());
        let span = session.telemetry.span(label, SpanKind::Phase, None);
        let fetched = registry.code(&artifact).await;
        span.finish(match &fetched {
            Ok(_) => Outcome::Done,
            Err(error) => Outcome::Failed(error.to_string()),
        });
        fetched.map_err(dockwright_module::ModuleError::from)?;
    }
    Ok(())
}

/// The artifacts that the module is of or depends on, each once.
pub(crate) fn artifacts(locked: &LockedModule) -> Vec<Arc<Artifact>> {
    let mut artifacts = Vec::new();
    collect(locked, &mut artifacts);
    artifacts
}

fn collect(locked: &LockedModule, artifacts: &mut Vec<Arc<Artifact>>) {
    if let Origin::Artifact(module) = &locked.origin {
        if !artifacts.iter().any(|known| known.digest == module.artifact.digest) {
            artifacts.push(module.artifact.clone());
        }
        // An artifact holds all that its modules depend on.
        return;
    }
    for needed in locked.needed() {
        collect(needed, artifacts);
    }
}

/// Checks, once for every module and version of its runtime, that code which came with a definition offers what the definition says. Python modules
/// describe themselves, and so do components unless they carry their definition, as those do whose source was read to make it. Of a
/// TypeScript module, objects, functions, arguments and types are compared with those that its bundle is called by.
async fn verify(session: &Session, module: &ArtifactModule, prepared: &Prepared) -> Result<(), CliError> {
    let (source, definition) = (prepared.callable.source()?, &prepared.definition);
    let runtime = session.runtime()?;
    let record = session.directories.cache.join("artifacts/verified").join(format!(
        "{}-{}",
        source.digest,
        runtime.runtime_digest(&source.language)?
    ));
    if record.is_file() {
        return Ok(());
    }
    let difference = match &module.code {
        ModuleCode::TypeScript { bundle, .. } => bundle_differs(definition, bundle)?,
        ModuleCode::Python { .. } => definitions_differ(definition, &described(session, source).await?),
        ModuleCode::Component { path } => match embedded_definition(path)? {
            Some(embedded) => definitions_differ(definition, &embedded?),
            None => definitions_differ(definition, &described(session, source).await?),
        },
    };
    if let Some(difference) = difference {
        return Err(CliError::Disagrees {
            module: source.name.clone(),
            reference: module.artifact.pinned().to_string(),
            difference,
        });
    }
    let kept = fs_err::create_dir_all(record.parent().unwrap_or(&record)).and_then(|()| fs_err::write(&record, ""));
    if let Err(error) = kept {
        tracing::debug!(%error, "that the module was checked cannot be remembered");
    }
    Ok(())
}

/// What the code itself says that it offers.
async fn described(session: &Session, source: &ModuleSource) -> Result<ModuleDef, CliError> {
    let runtime = session.runtime()?;
    let loaded = runtime.load(source).await?;
    runtime.describe(&loaded).await.map_err(|error| CliError::Load {
        module: source.name.clone(),
        message: error.to_string(),
    })
}
