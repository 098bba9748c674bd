//! From a reference to a module that can be called: files, packages, definition. What each language needs is in a file of its own; what
//! they find out is remembered, and the second time no code runs.

mod go;
mod python;
mod typescript;

pub(crate) use go::introspect;

use crate::error::CliError;
use crate::session::Session;
use camino::Utf8PathBuf;
use dockwright_api::ServedModule;
use dockwright_module::{Language, LockedModule, ModuleError};
use dockwright_runtime::ModuleSource;
use dockwright_schema::{ModuleDef, ModuleId, VisibleModule};
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

/// What a language finds out about a module.
struct Prepared {
    source: ModuleSource,
    definition: ModuleDef,
}

/// Loads the module.
pub(crate) async fn load(session: &Session, reference: &str) -> Result<Served, CliError> {
    let locked = dockwright_module::resolve(reference, &session.workdir)?;
    let prepared = match &locked.language {
        Language::Python(project) => python::prepare(session, &locked, project).await?,
        Language::TypeScript(project) => typescript::prepare(session, &locked, project).await?,
        Language::Go => go::prepare(session, &locked).await?,
    };
    let module = VisibleModule {
        name: locked.manifest.name.clone(),
        id: ModuleId(locked.digest.as_str().into()),
        def: Arc::new(prepared.definition),
    };
    Ok(Served {
        module,
        source: prepared.source,
        locked,
    })
}

/// Runs work of the module's crate that may take long beside the event loop, told as a phase.
async fn phase<T: Send + 'static>(
    session: &Session,
    label: String,
    work: impl FnOnce() -> Result<T, ModuleError> + Send + 'static,
) -> Result<T, CliError> {
    let span = session.telemetry.span(label, SpanKind::Phase, None);
    let result = tokio::task::spawn_blocking(work).await;
    let result = result.map_err(|error| CliError::other("module::phase", error.to_string()))?;
    span.finish(match &result {
        Ok(_) => Outcome::Done,
        Err(error) => Outcome::Failed(error.to_string()),
    });
    Ok(result?)
}

fn digest_of_path(path: &Path) -> String {
    let hash = blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex();
    hash.get(..12).unwrap_or_default().to_owned()
}

fn utf8(path: &Path) -> Result<Utf8PathBuf, CliError> {
    let not_utf8 = |path: PathBuf| CliError::other("module::path", format!("{} is not valid UTF-8", path.display()));
    Utf8PathBuf::from_path_buf(path.to_owned()).map_err(not_utf8)
}
