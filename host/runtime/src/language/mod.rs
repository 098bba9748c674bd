//! What each language gets from the host beside the world's three imports. One file per language.
//!
//! A grant names every file, folder and variable that guest code can reach; what is not granted does not exist for it.

mod component;
pub(crate) mod go;
mod python;
mod typescript;

use crate::aot::{Digests, Source};
use crate::error::RuntimeError;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_schema::Failure;
use std::collections::BTreeMap;

/// A module's code, as the runtime loads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleSource {
    /// Name of the module, as users write it.
    pub name: String,
    /// Digest of the source and its dependencies, hex.
    pub digest: String,
    /// The language and where its files are.
    pub language: Language,
}

/// How a module's code becomes a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Language {
    /// The shared Python runtime; it imports the module's source when it starts.
    Python {
        /// Root of the module's source on the host.
        root: Utf8PathBuf,
        /// Third-party packages, unpacked.
        dependencies: Option<Utf8PathBuf>,
        /// Generated bindings of the modules that it depends on.
        generated: Option<Utf8PathBuf>,
    },
    /// The shared TypeScript runtime; it evaluates the module's bundle when it starts.
    TypeScript {
        /// The bundle, JSON: every file as JavaScript, and where every import leads.
        bundle: Utf8PathBuf,
        /// Source maps of the bundle's files, a JSON object by file. Read only when something fails.
        maps: Utf8PathBuf,
    },
    /// The module is a component itself.
    Component {
        /// The `.wasm` file.
        path: Utf8PathBuf,
    },
    /// The module is a component that was built here, from source that may change again: that it can be called soon counts
    /// for more than how fast it runs.
    Built {
        /// The `.wasm` file.
        path: Utf8PathBuf,
    },
    /// A program of the installation that has a module's border: what reads modules of a language.
    Tool {
        /// Its name among the runtimes.
        name: &'static str,
    },
}

/// What an instance is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To learn what the module offers.
    Describe,
    /// To run one function.
    Invoke,
}

/// A folder of the host that guest code sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preopen {
    pub(crate) host: Utf8PathBuf,
    pub(crate) guest: &'static str,
    pub(crate) writable: bool,
}

/// Everything that one instance gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grants {
    pub(crate) environment: Vec<(&'static str, String)>,
    pub(crate) preopens: Vec<Preopen>,
    /// An empty folder at `/tmp`, removed with the instance.
    pub(crate) private_tmp: bool,
    /// What `source.read` finds.
    pub(crate) parts: BTreeMap<String, String>,
}

impl ModuleSource {
    /// Decides what an instance gets. Makes the folders that belong to the host.
    pub(crate) fn grants(&self, purpose: Purpose, cache_dir: &Utf8Path) -> Result<Grants, RuntimeError> {
        match &self.language {
            Language::Python {
                root,
                dependencies,
                generated,
            } => python::grants(
                self,
                root,
                dependencies.as_deref(),
                generated.as_deref(),
                purpose,
                cache_dir,
            ),
            Language::TypeScript { bundle, .. } => typescript::grants(bundle),
            Language::Component { .. } | Language::Built { .. } | Language::Tool { .. } => Ok(component::grants()),
        }
    }

    /// A place in the module's source, as its runtime names it, relative to the source root.
    pub(crate) fn relative_path<'a>(&self, path: &'a str) -> &'a str {
        match self.language {
            Language::Python { .. } => python::relative_path(path),
            Language::TypeScript { .. }
            | Language::Component { .. }
            | Language::Built { .. }
            | Language::Tool { .. } => path,
        }
    }

    /// A failure with places as the user knows them: in the source that was written, relative to its root.
    pub(crate) fn localize(&self, failure: &mut Failure) {
        match &self.language {
            Language::Python { .. } => python::localize(failure),
            Language::TypeScript { maps, .. } => typescript::localize(failure, maps),
            Language::Component { .. } | Language::Built { .. } | Language::Tool { .. } => {}
        }
    }
}

impl Language {
    /// Finds the component that runs modules of this language.
    pub(crate) fn component(&self, install_dir: Option<&Utf8Path>, digests: &Digests) -> Result<Source, RuntimeError> {
        match self {
            Language::Python { .. } => installed("Python", "python", install_dir, digests),
            Language::TypeScript { .. } => installed("TypeScript", "typescript", install_dir, digests),
            Language::Component { path } | Language::Built { path } => component::component(path, digests),
            Language::Tool { name } => installed(name, name, install_dir, digests),
        }
    }
}

/// A runtime of the installation, with the native code that lies beside it.
fn installed(
    language: &'static str,
    name: &str,
    install_dir: Option<&Utf8Path>,
    digests: &Digests,
) -> Result<Source, RuntimeError> {
    let missing = |at: Option<Utf8PathBuf>| RuntimeError::NoRuntime { language, at };
    let runtimes = install_dir.ok_or_else(|| missing(None))?.join("runtimes");
    let component = runtimes.join(format!("{name}.wasm"));
    if !component.is_file() {
        return Err(missing(Some(component)));
    }
    let digest = digests.of_installed(&component)?;
    Ok(Source {
        component,
        digest,
        prebuilt: Some(runtimes.join(format!("{name}.cwasm"))),
    })
}
