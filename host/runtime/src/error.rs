//! Why a module could not be loaded. What goes wrong in a call is in `call_error.rs`.

use crate::aot::AotError;
use camino::Utf8PathBuf;
use std::sync::Arc;

/// Why a module could not be loaded, or an instance not be prepared.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RuntimeError {
    /// wasmtime cannot be configured for this machine.
    #[error("cannot set up wasmtime on this machine: {0}")]
    Engine(String),
    /// Native code could not be made or kept.
    #[error(transparent)]
    Aot(Arc<AotError>),
    /// The installation lacks a language.
    #[error("the {language} runtime is not installed ({}); install dockwright again, or build it with `cargo xtask runtimes`",
        at.as_ref().map_or_else(|| "there is no installation folder".to_owned(), |at| format!("looked for {at}")))]
    NoRuntime {
        /// The language.
        language: &'static str,
        /// Where its component was looked for.
        at: Option<Utf8PathBuf>,
    },
    /// wasmtime did not take native code that is right by our own records.
    #[error("wasmtime does not take the native code of {component}: {message}")]
    NativeCode {
        /// Path of the component.
        component: Utf8PathBuf,
        /// wasmtime's own text.
        message: String,
    },
    /// The component asks for more than a module may have.
    #[error(
        "module `{module}` wants `{import}` from the host, which modules do not get; they reach the world through the interfaces api and system of dockwright:module only"
    )]
    Import {
        /// Name of the module.
        module: String,
        /// Name of the import.
        import: String,
    },
    /// The component is no module.
    #[error("module `{module}` is not a component of the world dockwright:module@0.1.0: {message}")]
    World {
        /// Name of the module.
        module: String,
        /// What does not fit.
        message: String,
    },
    /// A folder that the module's code shall see is not there.
    #[error("cannot give the folder {path} to the module's code: {source}")]
    Folder {
        /// The folder on the host.
        path: Utf8PathBuf,
        /// Why.
        source: Arc<std::io::Error>,
    },
    /// What the front end made of the module cannot be read.
    #[error("cannot read the module's bundle {path}: {source}; build the module again")]
    Bundle {
        /// The bundle's file.
        path: Utf8PathBuf,
        /// Why.
        source: Arc<std::io::Error>,
    },
    /// The digest is no digest, so nothing can be kept under it.
    #[error("module `{module}` has no proper source digest (`{digest}`)")]
    Digest {
        /// Name of the module.
        module: String,
        /// What was given.
        digest: String,
    },
    /// No instance can run.
    #[error("cannot run module code: {0}")]
    Slot(String),
}

impl From<AotError> for RuntimeError {
    fn from(error: AotError) -> Self {
        RuntimeError::Aot(Arc::new(error))
    }
}
