//! From a reference to a module that can be called: files, packages, definition. The definition is remembered; the second time no code runs.

use crate::error::CliError;
use crate::session::Session;
use camino::Utf8PathBuf;
use dockwright_api::ServedModule;
use dockwright_module::{DefinitionCache, Language, LockedModule, PythonProject};
use dockwright_runtime::{CallError, ModuleSource};
use dockwright_schema::{Failure, ModuleDef, ModuleId, VisibleModule, core_digest};
use dockwright_telemetry::{Outcome, SpanKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A module that can be called.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    /// Name, identity, definition.
    pub module: VisibleModule,
    /// What the runtime loads.
    pub source: ModuleSource,
    locked: LockedModule,
}

impl Served {
    pub(crate) fn id(&self) -> &ModuleId {
        &self.module.id
    }

    pub(crate) fn into_served_module(self) -> ServedModule {
        ServedModule {
            cache_namespace: format!("{}-{}", self.module.name, digest_of_path(&self.locked.root)),
            context_root: Some(self.locked.context),
            source_root: Some(self.locked.source),
            module: self.module,
            dependencies: Vec::new(),
        }
    }
}

/// Loads the module.
pub(crate) async fn load(session: &Session, reference: &str) -> Result<Served, CliError> {
    let locked = dockwright_module::resolve(reference, &session.workdir)?;
    let name = locked.manifest.name.clone();
    let Language::Python(project) = &locked.language;
    let dependencies = packages(session, &name, project).await?;
    let language = dockwright_runtime::Language::Python {
        root: utf8(&locked.source)?,
        dependencies: dependencies.as_deref().map(utf8).transpose()?,
        generated: None,
    };
    let source = ModuleSource {
        name: name.clone(),
        digest: locked.digest.clone(),
        language,
    };
    let def = Arc::new(definition(session, &source).await?);
    let module = VisibleModule {
        name,
        id: ModuleId(locked.digest.as_str().into()),
        def,
    };
    Ok(Served { module, source, locked })
}

/// The packages that the module needs, installed when they are not yet.
async fn packages(session: &Session, module: &str, project: &PythonProject) -> Result<Option<PathBuf>, CliError> {
    if project.requirements.is_empty() {
        return Ok(None);
    }
    if let Some(present) = dockwright_module::vendored(project, &session.directories.python_packages()) {
        return Ok(Some(present));
    }
    let (module, project, directory) = (
        module.to_owned(),
        project.clone(),
        session.directories.python_packages(),
    );
    let label = format!("install {}", project.requirements.join(", "));
    let span = session.telemetry.span(label, SpanKind::Phase, None);
    let result = tokio::task::spawn_blocking(move || dockwright_module::vendor(&module, &project, &directory)).await;
    let result = result.map_err(|error| CliError::other("module::packages", error.to_string()))?;
    span.finish(match &result {
        Ok(_) => Outcome::Done,
        Err(error) => Outcome::Failed(error.to_string()),
    });
    Ok(result?)
}

/// The module's definition: remembered, or asked of its code.
async fn definition(session: &Session, source: &ModuleSource) -> Result<ModuleDef, CliError> {
    let runtime = session.runtime()?;
    let cache = DefinitionCache::new(session.directories.cache.join("definitions"));
    let key = DefinitionCache::key(
        &runtime.runtime_digest(&source.language)?,
        &source.digest,
        &core_digest(),
    );
    if let Some(known) = cache.get(&key) {
        return Ok(known);
    }
    let loaded = runtime.load(source).await?;
    let definition = runtime
        .describe(&loaded)
        .await
        .map_err(|error| load_error(source, error))?;
    if let Err(error) = cache.put(&key, &definition) {
        tracing::debug!(%error, "the module's definition cannot be kept");
    }
    Ok(definition)
}

fn load_error(source: &ModuleSource, error: CallError) -> CliError {
    let failure = Failure::from(error);
    let place = failure
        .location
        .map(|at| format!("{}:{}: ", at.file, at.line))
        .unwrap_or_default();
    let trace = failure
        .trace
        .map(|trace| format!("\n{}", trace.trim_end()))
        .unwrap_or_default();
    CliError::Load {
        module: source.name.clone(),
        message: format!("{place}{}: {}{trace}", failure.kind, failure.message),
    }
}

fn digest_of_path(path: &Path) -> String {
    let hash = blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex();
    hash.get(..12).unwrap_or_default().to_owned()
}

fn utf8(path: &Path) -> Result<Utf8PathBuf, CliError> {
    let not_utf8 = |path: PathBuf| CliError::other("module::path", format!("{} is not valid UTF-8", path.display()));
    Utf8PathBuf::from_path_buf(path.to_owned()).map_err(not_utf8)
}
