//! A module as the API serves it.

use crate::user_defaults::UserDefaults;
use dockwright_schema::{ModuleId, Permissions, VisibleModule};
use std::path::PathBuf;

/// A module that can be called.
#[derive(Clone, Debug)]
pub struct ServedModule {
    /// Name, identity and definition.
    pub module: VisibleModule,
    /// What it sees of other modules, under the names that its manifest gives them.
    pub dependencies: Vec<VisibleModule>,
    /// What it is written with, as its manifest says it.
    pub sdk: Option<String>,
    /// What its cache volumes are kept apart by: stable over edits of its source, different for different modules.
    pub cache_namespace: String,
    /// The git root, or the module's own directory: what an absolute `defaultPath` starts from. None for a module that is not on this disk.
    pub context_root: Option<PathBuf>,
    /// What it may use by itself; none for a module that is not held to anything.
    pub permissions: Option<Permissions>,
    /// Directory of the module's manifest: what a relative `defaultPath` starts from.
    pub module_root: Option<PathBuf>,
    /// Directory of the module's own code: what `CurrentModule.source` gives. None for a module that is not on this disk.
    pub source_root: Option<PathBuf>,
    /// URL and commit of the repository that the module came from; none when it came from a directory.
    pub repository: Option<(String, String)>,
    /// Objects that the user's files give to arguments of its functions.
    pub user_defaults: UserDefaults,
}

impl ServedModule {
    /// Identity of the module.
    pub fn id(&self) -> &ModuleId {
        &self.module.id
    }
}
