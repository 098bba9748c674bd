//! Why something cannot be kept or unpacked.

use miette::Diagnostic;

/// Why something cannot be kept or unpacked.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum StoreError {
    /// A layer holds what no layer of a module holds.
    #[error("the layer {layer} cannot be unpacked: {message}")]
    #[diagnostic(
        code(registry::layer),
        help("the artifact was not made by `dockwright publish`; nothing of it was unpacked")
    )]
    Layer {
        /// Its digest.
        layer: String,
        /// What is wrong.
        message: String,
    },
    /// A layer is larger than a module's may be when it is unpacked.
    #[error("the layer {layer} cannot be unpacked: it holds more than {limit}")]
    #[diagnostic(code(registry::too_large), help("nothing of it was unpacked"))]
    TooLarge {
        /// Its digest.
        layer: String,
        /// The bound, as text.
        limit: String,
    },
    /// A folder of vendored modules is not what it should be.
    #[error("the vendored modules in {folder} cannot be used: {message}")]
    #[diagnostic(
        code(registry::vendor),
        help("make the folder again with `dockwright vendor`, or remove it")
    )]
    Vendor {
        /// The folder.
        folder: String,
        /// What is wrong.
        message: String,
    },
    /// A file could not be read or written; the message names it.
    #[error("{0}")]
    #[diagnostic(code(registry::io))]
    Io(#[from] std::io::Error),
}
