//! Why native code could not be made or kept.

use camino::Utf8PathBuf;

/// Why native code could not be made or kept.
#[derive(Debug, thiserror::Error)]
pub enum AotError {
    /// A file or folder could not be read or written; the source names it.
    #[error("cannot {doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Names the path.
        source: std::io::Error,
    },
    /// wasmtime did not accept the component.
    #[error("cannot compile the component {component}: {message}")]
    Compile {
        /// Path of the component.
        component: Utf8PathBuf,
        /// wasmtime's own text.
        message: String,
    },
    /// WebAssembly, but not a component.
    #[error(
        "{component} is a core WebAssembly module; a module must be a component of the world dockwright:module (make one with `wasm-tools component new`, or build for wasm32-wasip2)"
    )]
    CoreModule {
        /// Path of the file.
        component: Utf8PathBuf,
    },
    /// The engine cannot be configured for this machine.
    #[error("cannot set up wasmtime: {0}")]
    Engine(String),
    /// The component is not the one that its digest file names.
    #[error(
        "the component {component} is damaged: its digest is {found}, but {expected} was recorded; install it again"
    )]
    Damaged {
        /// Path of the component.
        component: Utf8PathBuf,
        /// Recorded digest.
        expected: String,
        /// Digest of its bytes.
        found: String,
    },
    /// Others could put code into the cache.
    #[error(
        "the cache folder {dir} can be written by other users, so native code in it cannot be trusted; run `chmod go-w {dir}` or choose another cache folder"
    )]
    SharedCache {
        /// The folder.
        dir: Utf8PathBuf,
    },
    /// A path is needed as UTF-8 text with a file name.
    #[error("`{0}` does not name a component file")]
    Path(Utf8PathBuf),
    /// The thread that compiled is gone.
    #[error("compiling was interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Adds what was being done to an error of the file system.
pub(super) fn doing(doing: &'static str) -> impl Fn(std::io::Error) -> AotError {
    move |source| AotError::Io { doing, source }
}
