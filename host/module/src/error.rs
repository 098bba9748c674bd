//! Why a module cannot be used, told with the place in the file when there is one.

use miette::{Diagnostic, NamedSource, SourceSpan};
use std::path::PathBuf;

/// Why a module cannot be used.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ModuleError {
    /// There is no `dagger.json` here or above.
    #[error("no module found: there is no dagger.json in {} or in a directory above it", start.display())]
    #[diagnostic(
        code(module::not_found),
        help(
            "go to a module's directory, name one with `-m PATH`, or make one with `dockwright init --sdk=python --name=ci`"
        )
    )]
    NotFound {
        /// Where the search began.
        start: PathBuf,
    },
    /// `dagger.json` is not what it should be.
    #[error("{}: {message}", path.display())]
    #[diagnostic(code(module::manifest))]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
        /// Its text.
        #[source_code]
        text: NamedSource<String>,
        /// Where.
        #[label("{message}")]
        place: SourceSpan,
    },
    /// A value in `dagger.json` cannot be used.
    #[error("{}: {message}", path.display())]
    #[diagnostic(code(module::invalid))]
    Invalid {
        /// The file or directory.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// The SDK is none that dockwright has.
    #[error("module `{module}` is written for the SDK `{sdk}`, which this version of dockwright does not run")]
    #[diagnostic(
        code(module::sdk),
        help("SDKs: python, typescript, go, rust; `component` for a module that is one already")
    )]
    UnknownSdk {
        /// The module.
        module: String,
        /// What its manifest says.
        sdk: String,
    },
    /// The reference is of a kind that cannot be loaded.
    #[error("module `{reference}`: {message}")]
    #[diagnostic(code(module::reference))]
    Reference {
        /// As the user wrote it.
        reference: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A module that another one names cannot be loaded.
    #[error("{}: dependency `{reference}`: {message}", manifest.display())]
    #[diagnostic(code(module::dependency))]
    Dependency {
        /// The manifest that names it.
        manifest: PathBuf,
        /// As it is named.
        reference: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A module in git cannot be had.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Git(Box<crate::GitError>),
    /// The lock is not one.
    #[error("{}: {message}", path.display())]
    #[diagnostic(
        code(module::lock),
        help("delete the file and run `dockwright develop` to write it anew; the commits that dagger.json pins stay")
    )]
    Lock {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// Modules call each other.
    #[error("modules depend on each other in a circle: {chain}")]
    #[diagnostic(code(module::cycle), help("take one of these dependencies out of its dagger.json"))]
    Cycle {
        /// Their names, `a → b → a`.
        chain: String,
    },
    /// The TypeScript source could not be built.
    #[error("module `{module}` does not load: {problem}")]
    #[diagnostic(code(module::load))]
    TypeScript {
        /// The module.
        module: String,
        /// What is wrong, with file, line and the line itself.
        problem: Box<dockwright_typescript::BuildError>,
    },
    /// The Go source could not be built.
    #[error("module `{module}` does not load: {problem}")]
    #[diagnostic(code(module::load))]
    Go {
        /// The module.
        module: String,
        /// What is wrong, with file and line.
        problem: Box<dockwright_go::GoError>,
    },
    /// The Rust source could not be built.
    #[error("module `{module}` does not load: {problem}")]
    #[diagnostic(code(module::load))]
    Rust {
        /// The module.
        module: String,
        /// What is wrong.
        problem: Box<dockwright_rust::RustError>,
    },
    /// Dependencies of the module's language could not be installed.
    #[error("the Python packages that module `{module}` needs could not be installed: {message}")]
    #[diagnostic(code(module::packages))]
    Packages {
        /// The module.
        module: String,
        /// What the installer said.
        message: String,
    },
    /// npm packages of the module could not be installed.
    #[error("the npm packages that module `{module}` needs could not be installed: {message}")]
    #[diagnostic(code(module::packages))]
    NpmPackages {
        /// The module.
        module: String,
        /// What the installer said.
        message: String,
    },
    /// There is no compiler to check types with.
    #[error("there is no TypeScript compiler to check {} with", source_root.display())]
    #[diagnostic(
        code(module::type_checker),
        help("install one with `npm install --save-dev typescript` there; calling the module does not need it")
    )]
    TypeChecker {
        /// The module's source.
        source_root: PathBuf,
    },
    /// The reference to an artifact makes no sense.
    #[error(transparent)]
    #[diagnostic(transparent)]
    ArtifactReference(#[from] dockwright_registry::InvalidReference),
    /// An artifact cannot be had.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Artifact(#[from] dockwright_registry::PullError),
    /// An artifact lacks a signature that is demanded of it.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Trust(Box<crate::TrustError>),
    /// An artifact needs what this version has not.
    #[error("{reference}: {problem}")]
    #[diagnostic(forward(problem))]
    Incompatible {
        /// The artifact.
        reference: String,
        /// What it needs.
        problem: Box<dockwright_registry::FormatError>,
    },
    /// Something is there already.
    #[error("{message}")]
    #[diagnostic(code(module::exists))]
    Exists {
        /// What is in the way and what to do.
        message: String,
    },
    /// Reading or writing failed; the message names the file.
    #[error("{0}")]
    #[diagnostic(code(module::io))]
    Io(#[from] std::io::Error),
}

impl From<crate::TrustError> for ModuleError {
    fn from(error: crate::TrustError) -> ModuleError {
        ModuleError::Trust(Box::new(error))
    }
}

impl From<crate::GitError> for ModuleError {
    fn from(error: crate::GitError) -> ModuleError {
        ModuleError::Git(Box::new(error))
    }
}
