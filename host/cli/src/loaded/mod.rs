//! From a reference to a module that can be called: files, packages, definition. What each language needs is in a file of its own; what
//! they find out is remembered, and the second time no code runs.

mod artifact;
mod bindings;
mod callable;
mod editors;
mod go;
mod go_programs;
mod graph;
mod itself;
mod python;
mod rust;
mod toolchains;
mod typescript;
mod user_defaults;

pub(crate) use artifact::artifacts;
pub(crate) use callable::Callable;
pub(crate) use editors::{write_for_editors, write_for_editors_at};
pub(crate) use graph::dependencies;
pub(crate) use itself::is_called as calls_itself;
pub(crate) use user_defaults::apply as apply_user_defaults;

use crate::error::CliError;
use crate::session::Session;
use camino::Utf8PathBuf;
use dockwright_api::{ServedModule, ToolchainRules, UserDefaults};
use dockwright_module::{LockedModule, ModuleError, Origin, PermissionTable};
use dockwright_schema::{ModuleDef, ModuleId, VisibleModule};
use dockwright_telemetry::{Outcome, SpanKind};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How far a module is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// What it offers. Code that is in a registry stays there.
    Definition,
    /// All that a call needs.
    Code,
}

/// A module that can be called.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    /// Name, identity, definition.
    pub module: VisibleModule,
    /// Modules that it calls, under the names that its manifest gives them.
    pub dependencies: Vec<VisibleModule>,
    /// What the runtime loads.
    pub callable: Callable,
    /// All modules below it, each once, when it is the one that was asked for.
    pub below: Vec<Served>,
    /// Objects that the user's files give to arguments.
    defaults: UserDefaults,
    /// Modules whose functions are offered beside its own, when it is the one that was asked for.
    pub toolchains: Vec<Served>,
    /// What is said of its functions where it is a toolchain.
    pub rules: ToolchainRules,
    /// The module among whose files its default paths lead, when that is another one.
    context: Option<Arc<LockedModule>>,
    locked: Arc<LockedModule>,
}

impl Served {
    pub(crate) fn id(&self) -> &ModuleId {
        &self.module.id
    }

    /// Its files.
    pub(crate) fn locked(&self) -> &Arc<LockedModule> {
        &self.locked
    }

    /// The module and all that it calls, each before those that it calls itself, with the names of its dependencies and their places in this
    /// list.
    pub(crate) fn graph(&self) -> Vec<(&Served, Vec<(String, usize)>)> {
        let mut called: HashSet<&ModuleId> = HashSet::from([self.id()]);
        let mut all = Vec::new();
        // Toolchains are below the module too, and are not called by it.
        for served in std::iter::once(self).chain(self.below.iter().rev()) {
            if called.contains(served.id()) {
                called.extend(served.dependencies.iter().map(|seen| &seen.id));
                all.push(served);
            }
        }
        let place = |dependency: &VisibleModule| {
            let index = all.iter().position(|other| other.module.id == dependency.id)?;
            Some((dependency.name.clone(), index))
        };
        let dependencies = |served: &Served| served.dependencies.iter().filter_map(place).collect();
        all.iter().map(|served| (*served, dependencies(served))).collect()
    }

    /// The module for the API, held to what the table says when it is one that is held to something.
    pub(crate) fn into_served_module(self, permissions: &PermissionTable) -> Result<ServedModule, CliError> {
        let place = match &self.locked.origin {
            Origin::Artifact(module) => artifact::place(module),
            // The checkout of another commit is the same module.
            Origin::Git { url, subpath, .. } => PathBuf::from(format!("{url}#{subpath}")),
            // The files are in another place each time.
            Origin::Session => PathBuf::from("session"),
            Origin::Local => self.locked.root.clone(),
        };
        let context = self.context.as_ref().unwrap_or(&self.locked);
        // A published module has left its repository; the files beside its manifest may have come with it.
        let (context_root, module_root) = match &context.origin {
            Origin::Artifact(module) => (None, module.context.clone()),
            _ => (Some(context.context.clone()), Some(context.root.clone())),
        };
        let held = dockwright_module::is_held(&self.locked)?;
        Ok(ServedModule {
            permissions: held.then(|| permissions.of(&self.locked)),
            sdk: self.locked.manifest.sdk.as_ref().map(|sdk| sdk.source.clone()),
            cache_namespace: format!("{}-{}", self.module.name, digest_of_path(&place)),
            context_root,
            module_root,
            source_root: self.locked.is_on_disk().then(|| self.locked.source.clone()),
            module: self.module,
            dependencies: self.dependencies,
            repository: match &context.origin {
                Origin::Git { url, commit, .. } => Some((url.clone(), commit.clone())),
                _ => None,
            },
            user_defaults: self.defaults,
        })
    }
}

/// What a language finds out about a module.
struct Prepared {
    callable: Callable,
    definition: ModuleDef,
}

/// Loads the module, with those that it calls.
pub(crate) async fn load(session: &Session, reference: &str, need: Need) -> Result<Served, CliError> {
    fetch_and_load(session, Arc::new(session.resolve(reference).await?), need).await
}

/// Loads a published module whose signatures nobody asks for: one's own before it is signed, or one that is only looked at.
pub(crate) async fn load_unsigned(session: &Session, reference: &str, need: Need) -> Result<Served, CliError> {
    let locked = dockwright_module::find_artifact(session.registries(), reference).await?;
    fetch_and_load(session, Arc::new(locked), need).await
}

async fn fetch_and_load(session: &Session, locked: Arc<LockedModule>, need: Need) -> Result<Served, CliError> {
    if need == Need::Code {
        artifact::fetch(session, &locked).await?;
    }
    load_locked(session, &locked, need).await
}

/// Loads a module whose files are here.
pub(crate) async fn load_locked(session: &Session, locked: &Arc<LockedModule>, need: Need) -> Result<Served, CliError> {
    let mut modules = graph::prepare(session, locked, need).await?;
    let main = modules.pop();
    let mut main = main.ok_or_else(|| CliError::other("module::load", "the module is not part of what was loaded"))?;
    let toolchains = locked.toolchains.iter().enumerate().filter_map(|(index, named)| {
        let mut loaded = modules.iter();
        let loaded = loaded.find(|served| Arc::ptr_eq(&served.locked, &named.module))?;
        Some(toolchains::toolchain(locked, index, loaded))
    });
    main.toolchains = toolchains.collect::<Result<Vec<_>, _>>()?;
    main.below = modules;
    Ok(main)
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
