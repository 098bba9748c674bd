//! From a reference to a `LockedModule` with all modules that it calls, each resolved once. What a kind of reference means is in a file
//! of its own; reading the module that is found there is the same for all.

mod git;
mod graph;
mod local;
mod oci;
mod place;
mod source;
mod source_files;

pub use git::{GitError, SourceCommit, VendoredCommit, source_commit, vendor_commits};

use crate::error::ModuleError;
use crate::git_reference::without_password;
use crate::locked::LockedModule;
use crate::lockfile::Lockfile;
use crate::manifest::Manifest;
use crate::reference::ModuleRef;
use crate::trust::Trust;
use dockwright_http::Proxies;
use dockwright_registry::Registry;
use git::Git;
use graph::Graph;
use place::Place;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Folder beside a module's manifest for what it depends on.
pub const VENDOR_FOLDER: &str = "dockwright-vendor";

/// Told of work that takes long, with a label such as `fetch github.com/acme/ci`; gives what is to be called at its end.
pub type Watch = Arc<dyn Fn(&str) -> PhaseEnd + Send + Sync>;

/// Called at the end of work that takes long, with the message when it failed.
pub type PhaseEnd = Box<dyn FnOnce(Option<String>) + Send>;

/// Resolves references. It remembers what repositories advertise, so one is made for a command.
pub struct Resolver {
    git: Git,
    registry: Option<TrustedRegistry>,
}

/// Registries, with what is demanded of modules in them.
struct TrustedRegistry {
    registry: Registry,
    trust: Arc<Trust>,
}

/// Which locked versions are looked for anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Refresh {
    /// None: what is pinned or locked stays.
    #[default]
    Nothing,
    /// Those of these dependencies of the module itself, by the `source` that its manifest gives them.
    Sources(BTreeSet<String>),
    /// All: of the module, and of those that it calls unless their manifests pin them.
    All,
}

/// A resolved module, with the lock that belongs to it.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// The module.
    pub module: LockedModule,
    /// What its lock should say.
    pub lock: Lockfile,
}

impl Resolver {
    /// A resolver that keeps what it fetches in that directory of the user's cache.
    ///
    /// `watch` is told of fetching; fetching ends when `cancelled` becomes true.
    pub fn new(cache: &Path, watch: Watch, cancelled: Arc<AtomicBool>) -> Resolver {
        Resolver {
            git: Git::new(cache, watch, cancelled),
            registry: None,
        }
    }

    /// The same, which fetches nothing from git: what is not here is an error.
    #[must_use]
    pub fn offline(self) -> Resolver {
        Resolver {
            git: self.git.offline(),
            ..self
        }
    }

    /// The same, which finds only what is trusted, and asks hosts through these proxies which repository a path of theirs means.
    #[must_use]
    pub fn trusting(self, trust: Arc<Trust>, proxies: Proxies) -> Resolver {
        Resolver {
            git: self.git.along(trust, proxies),
            ..self
        }
    }

    /// The same, which also finds modules in registries, if they have the signatures that are demanded. It then works on a thread of a tokio
    /// runtime that may block.
    #[must_use]
    pub fn with_registry(self, registry: Registry, trust: Arc<Trust>) -> Resolver {
        Resolver {
            registry: Some(TrustedRegistry { registry, trust }),
            ..self
        }
    }

    /// Finds the module and those that it calls, and reads what decides their behaviour. Relative references start at `workdir`. What its
    /// lock says holds.
    ///
    /// This reads files and may run `git`, so it blocks.
    ///
    /// # Errors
    /// One of them is not there or not usable, or they call each other in a circle.
    pub fn resolve(&self, reference: &str, workdir: &Path) -> Result<LockedModule, ModuleError> {
        if let ModuleRef::Oci(text) = parse(reference, workdir)? {
            return Ok(oci::find(self.registry.as_ref(), &text, None, false)?.0);
        }
        let place = self.place(reference, workdir)?;
        Ok(self.graph(place, None, &Refresh::Nothing)?.module)
    }

    /// The same for the module of the user's whose manifest is in `root`, as it would be with another manifest, and with what its lock
    /// should say then. Nothing is written.
    ///
    /// # Errors
    /// As for [`Resolver::resolve`].
    pub fn resolve_as(&self, root: &Path, manifest: Manifest, refresh: &Refresh) -> Result<Resolution, ModuleError> {
        let place = local::of_user(".", root)?;
        self.graph(place, Some(manifest), refresh)
    }

    fn place(&self, reference: &str, workdir: &Path) -> Result<Place, ModuleError> {
        match parse(reference, workdir)? {
            ModuleRef::Local(path) => local::of_user(reference, &workdir.join(path)),
            ModuleRef::Git(git) => Place::in_repository(reference, self.git.find(&git, None, None)?),
            ModuleRef::Oci(_) => Err(unsupported(reference)),
        }
    }

    fn graph(&self, place: Place, manifest: Option<Manifest>, refresh: &Refresh) -> Result<Resolution, ModuleError> {
        let locked = Lockfile::read(&place.root)?;
        let is_own = place.repository.is_none();
        self.git.look_in(is_own.then(|| place.root.join(VENDOR_FOLDER)));
        let mut graph = Graph::new(&self.git, self.registry.as_ref(), &locked, refresh);
        let module = graph.load(place, manifest)?;
        let (git, oci) = graph.into_entries();
        let lock = locked.with_references(git, oci);
        Ok(Resolution {
            module: Arc::unwrap_or_clone(module),
            lock,
        })
    }
}

fn parse(reference: &str, base: &Path) -> Result<ModuleRef, ModuleError> {
    ModuleRef::parse(reference, base).map_err(|error| ModuleError::Reference {
        reference: without_password(reference),
        message: error.to_string(),
    })
}

fn unsupported(reference: &str) -> ModuleError {
    ModuleError::Reference {
        reference: reference.to_owned(),
        message: "modules from registries are not supported by this version of dockwright".to_owned(),
    }
}

/// A module in a directory, for tests of what is done with one.
#[cfg(test)]
pub(crate) fn resolve(reference: &str, workdir: &Path) -> Result<LockedModule, ModuleError> {
    let quiet: Watch = Arc::new(|_| Box::new(|_| ()));
    Resolver::new(Path::new("/nonexistent"), quiet, Arc::default()).resolve(reference, workdir)
}
