//! A module with everything that decides what it does known: its files, their digest, its language, the modules that it calls.

use crate::artifact::ArtifactModule;
use crate::manifest::Manifest;
use crate::npm::NpmProject;
use crate::python::PythonProject;
use crate::sdk_language::SdkLanguage;
use std::path::PathBuf;
use std::sync::Arc;

/// A module that is ready to be loaded.
#[derive(Clone, Debug)]
pub struct LockedModule {
    /// Its manifest.
    pub manifest: Manifest,
    /// Directory of the manifest.
    pub root: PathBuf,
    /// Directory of the source.
    pub source: PathBuf,
    /// Root of the git repository that it is in, else `root`. For a module from git it is the checkout.
    pub context: PathBuf,
    /// Digest of the source, of the dependencies with their names, and of what else decides its behaviour, as hex.
    pub digest: String,
    /// What it is written in.
    pub language: Language,
    /// Where it came from.
    pub origin: Origin,
    /// Modules that it calls, in the order of the manifest. A module that several others call is one value, shared by them.
    pub dependencies: Vec<LockedDependency>,
    /// The module whose functions it has, when it has no code of its own.
    pub blueprint: Option<Arc<LockedModule>>,
    /// Modules whose functions are offered beside its own, in the order of the manifest; only of the module that was asked for.
    pub toolchains: Vec<LockedDependency>,
}

impl LockedModule {
    /// Whether its files are on this disk: those of a published module are not, but for its code.
    pub fn is_on_disk(&self) -> bool {
        !matches!(self.origin, Origin::Artifact(_))
    }

    /// All modules that this one needs.
    pub fn needed(&self) -> impl Iterator<Item = &Arc<LockedModule>> {
        let named = self.dependencies.iter().chain(&self.toolchains);
        named.map(|named| &named.module).chain(&self.blueprint)
    }
}

/// A module that another one calls.
#[derive(Clone, Debug)]
pub struct LockedDependency {
    /// The name under which the dependent calls it: what the dependent's manifest says, else the module's own.
    pub name: String,
    /// The module.
    pub module: Arc<LockedModule>,
}

/// Where a module came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A directory of the user's.
    Local,
    /// A git repository. Its files are in the cache and are not to be written.
    Git {
        /// Address of the repository, as `git clone` takes it.
        url: String,
        /// The commit, as 40 or 64 hex digits.
        commit: String,
        /// Where the module is in the repository; empty for its root.
        subpath: String,
    },
    /// A directory that was made in the session, by whatever code. It is not the user's: nothing in it is run outside of a sandbox.
    Session,
    /// An artifact of a registry. There is no manifest and, before it is fetched, no code on this disk.
    Artifact(ArtifactModule),
}

impl Origin {
    /// Which version it is, for people: the commit or the digest, shortened; none for a directory of the user's.
    pub fn version(&self) -> Option<String> {
        match self {
            Origin::Local | Origin::Session => None,
            Origin::Git { commit, .. } => Some(commit.get(..12).unwrap_or(commit).to_owned()),
            Origin::Artifact(module) => Some(module.artifact.digest.to_string().chars().take(19).collect()),
        }
    }
}

/// What a module is written in, with what the language's project file says.
#[derive(Clone, Debug, PartialEq)]
pub enum Language {
    /// Python.
    Python(PythonProject),
    /// TypeScript and JavaScript.
    TypeScript(NpmProject),
    /// Go; its `go.mod` is for Go to read.
    Go,
    /// Rust; its `Cargo.toml` is for cargo to read.
    Rust,
    /// A component at that path.
    Component(PathBuf),
    /// No code of its own: it has a blueprint, or only names other modules.
    Nothing,
}

impl Language {
    /// The SDK of modules in this language.
    pub fn sdk(&self) -> SdkLanguage {
        match self {
            Language::Python(_) => SdkLanguage::Python,
            Language::TypeScript(_) => SdkLanguage::TypeScript,
            Language::Go => SdkLanguage::Go,
            Language::Rust => SdkLanguage::Rust,
            Language::Component(_) => SdkLanguage::Component,
            Language::Nothing => SdkLanguage::Nothing,
        }
    }
}
