//! Python modules: their packages installed, their definition asked of their code once.

use super::itself::{is_called, with_itself};
use super::{Callable, Prepared, bindings, phase, utf8};
use crate::error::CliError;
use crate::session::Session;
use dockwright_module::{DefinitionCache, LockedModule, PythonProject};
use dockwright_runtime::{CallError, Language, ModuleSource};
use dockwright_schema::{Failure, ModuleDef, VisibleModule, core_digest};
use std::path::{Path, PathBuf};

pub(super) async fn prepare(
    session: &Session,
    locked: &LockedModule,
    project: &PythonProject,
    dependencies: &[VisibleModule],
) -> Result<Prepared, CliError> {
    let name = &locked.manifest.name;
    let packages = packages(session, name, project).await?;
    let source = ModuleSource {
        name: name.clone(),
        digest: locked.digest.clone(),
        language: Language::Python {
            root: utf8(&locked.source)?,
            dependencies: packages.as_deref().map(utf8).transpose()?,
            generated: None,
        },
    };
    let key = DefinitionCache::key(
        &session.runtime()?.runtime_digest(&source.language)?,
        &source.digest,
        &core_digest(),
    );
    let callable = with_dependencies(session, source.clone(), dependencies);
    let definition = definition(session, &key, &callable).await?;
    let callable = match is_called(locked) {
        true => with_dependencies(session, source, &with_itself(locked, &definition, dependencies)),
        false => callable,
    };
    Ok(Prepared { callable, definition })
}

/// The source as something to call, to which bindings belong when it is Python's and depends on other modules.
pub(super) fn with_dependencies(session: &Session, source: ModuleSource, dependencies: &[VisibleModule]) -> Callable {
    if dependencies.is_empty() || !matches!(source.language, Language::Python { .. }) {
        return Callable::ready(source);
    }
    let (dependencies, directory) = (dependencies.to_owned(), session.directories.cache.join("bindings"));
    Callable::new(move || with_bindings(&source, &dependencies, &directory))
}

/// The source with the bindings of what it depends on. They are part of what its bytecode is made of, and so of its digest.
fn with_bindings(
    source: &ModuleSource,
    dependencies: &[VisibleModule],
    directory: &Path,
) -> Result<ModuleSource, CliError> {
    let bindings = bindings::write(directory, &source.name, dependencies)?;
    let mut source = source.clone();
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(source.digest.as_bytes())
        .update(bindings.digest.as_bytes());
    source.digest = hasher.finalize().to_hex().to_string();
    if let Language::Python { generated, .. } = &mut source.language {
        *generated = Some(utf8(&bindings.folder)?);
    }
    Ok(source)
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
pub(super) async fn definition(session: &Session, key: &str, callable: &Callable) -> Result<ModuleDef, CliError> {
    let cache = DefinitionCache::new(session.directories.cache.join("definitions"));
    if let Some(known) = cache.get(key) {
        return Ok(known);
    }
    let runtime = session.runtime()?;
    let source = callable.source()?;
    let loaded = runtime.load(source).await?;
    let definition = runtime
        .describe(&loaded)
        .await
        .map_err(|error| load_error(source, error))?;
    if let Err(error) = cache.put(key, &definition) {
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
