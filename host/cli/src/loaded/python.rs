//! Python modules: their packages installed, their definition asked of their code once.

use super::{Prepared, phase, utf8};
use crate::error::CliError;
use crate::session::Session;
use dockwright_module::{DefinitionCache, LockedModule, PythonProject};
use dockwright_runtime::{CallError, Language, ModuleSource};
use dockwright_schema::{Failure, ModuleDef, core_digest};
use std::path::PathBuf;

pub(super) async fn prepare(
    session: &Session,
    locked: &LockedModule,
    project: &PythonProject,
) -> Result<Prepared, CliError> {
    let name = &locked.manifest.name;
    let dependencies = packages(session, name, project).await?;
    let source = ModuleSource {
        name: name.clone(),
        digest: locked.digest.clone(),
        language: Language::Python {
            root: utf8(&locked.source)?,
            dependencies: dependencies.as_deref().map(utf8).transpose()?,
            generated: None,
        },
    };
    let definition = definition(session, &source).await?;
    Ok(Prepared { source, definition })
}

/// The packages that the module needs, installed when they are not yet.
async fn packages(session: &Session, module: &str, project: &PythonProject) -> Result<Option<PathBuf>, CliError> {
    if project.requirements.is_empty() {
        return Ok(None);
    }
    let directory = session.directories.python_packages();
    if let Some(present) = dockwright_module::vendored(project, &directory) {
        return Ok(Some(present));
    }
    let (module, project) = (module.to_owned(), project.clone());
    let label = format!("install {}", project.requirements.join(", "));
    phase(session, label, move || {
        dockwright_module::vendor(&module, &project, &directory)
    })
    .await
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
