//! What the API asks of whoever finds, reads and loads sources of modules. Implemented by the command line's session over the `module` crate; used
//! by `api`. Nothing here does any work.

use crate::execute::ModuleId;
use crate::visible_module::VisibleModule;
use async_trait::async_trait;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Where a module's source is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourcePlace {
    /// What a reference names, as users write them: a path, a repository, a registry.
    Reference {
        /// The reference.
        text: String,
        /// The commit or digest that it is pinned to.
        pin: Option<String>,
        /// Where relative paths start.
        base: PathBuf,
        /// Files that a path must not lead out of; references to repositories then name no files of this machine either.
        within: Option<PathBuf>,
        /// Whether the manifest may be in a directory above the path.
        find_up: bool,
    },
    /// A directory of files that were made in the session, and that nothing leads out of.
    Files {
        /// Root of the files.
        root: PathBuf,
        /// The directory.
        subpath: String,
        /// Whether a module there may call only modules in these files.
        is_alone: bool,
    },
    /// What a module names as its dependency.
    Dependency {
        /// Where that module is.
        of: Box<SourcePlace>,
        /// As it is named.
        source: String,
        /// The commit or digest that it is pinned to.
        pin: Option<String>,
    },
}

/// A module's source: what is at a place, perhaps with another manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceAt {
    /// Where it is.
    pub place: SourcePlace,
    /// The manifest that counts, when it is not the one that is there.
    pub manifest: Option<Map<String, Value>>,
}

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A directory of the user's.
    Local,
    /// A repository.
    Git,
    /// Files that were made in the session.
    Directory,
    /// An artifact in a registry.
    Registry,
}

/// What is at a place. There may be no manifest yet.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundSource {
    /// What kind of place it is.
    pub kind: SourceKind,
    /// Root of the repository or of the files; the module's own directory when it is in no repository.
    pub context: PathBuf,
    /// Directory of the manifest, relative to the context; empty for its root.
    pub root: String,
    /// The directory that was named, relative to the context.
    pub named: String,
    /// The manifest's fields, when there is one.
    pub manifest: Option<Map<String, Value>>,
    /// For one in a repository or a registry: which version.
    pub version: Option<SourceVersion>,
}

/// Which version of a source it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceVersion {
    /// The reference in full, with its version.
    pub reference: String,
    /// The repository as modules are named by: host and path.
    pub repository: String,
    /// The repository as it is cloned.
    pub clone: String,
    /// The repository's page; empty when it is not known to have one.
    pub page: String,
    /// The page of the module at this version.
    pub module_page: String,
    /// The version as it was asked for.
    pub version: String,
    /// The commit or digest.
    pub pin: String,
}

/// Files of a module: names relative to the context, folders for all that is in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFiles {
    /// What belongs to it.
    pub include: Vec<String>,
    /// Patterns of what does not.
    pub exclude: Vec<String>,
}

/// Why a source cannot be used, told in full.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SourceError(pub String);

/// Finds, reads and loads sources of modules.
#[async_trait]
pub trait ModuleSources: Send + Sync {
    /// What is at the place.
    async fn find(&self, place: &SourcePlace) -> Result<FoundSource, SourceError>;

    /// Digest of everything that decides what the module does.
    async fn digest(&self, source: &SourceAt) -> Result<String, SourceError>;

    /// The files of the module and of those that it calls by a path.
    async fn files(&self, source: &SourceAt) -> Result<SourceFiles, SourceError>;

    /// Makes the module callable in this session. Nobody sees it yet.
    async fn load(&self, source: &SourceAt) -> Result<ModuleId, SourceError>;

    /// The modules that it calls, under the names that its manifest gives them, without making them callable.
    async fn dependencies(&self, source: &SourceAt) -> Result<Vec<VisibleModule>, SourceError>;

    /// Writes what is generated for the module to that directory, as it would lie in the context: manifest, lock, what editors read.
    async fn generate(&self, source: &SourceAt, into: &Path) -> Result<(), SourceError>;

    /// What a dependency is pinned to when its version is looked up anew; none for a path.
    async fn current_pin(&self, of: &SourcePlace, source: &str) -> Result<Option<String>, SourceError>;
}
