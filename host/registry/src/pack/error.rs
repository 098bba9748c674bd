//! Why modules cannot be made an artifact.

use miette::Diagnostic;

/// Why modules cannot be made an artifact.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum PackError {
    /// A part is larger than what anyone would pull.
    #[error("{what} is {size}; at most {limit} are published")]
    #[diagnostic(
        code(publish::too_large),
        help("modules are code, not data: leave large files out, and fetch them where they are needed")
    )]
    TooLarge {
        /// What it is.
        what: String,
        /// Its size.
        size: String,
        /// The bound.
        limit: String,
    },
    /// Only components that depend on no other module can be an artifact of one layer.
    #[error("module `{module}` is not one component alone")]
    #[diagnostic(
        code(publish::no_component),
        help(
            "leave out `--only-component`: modules in Python and TypeScript, and those that depend on others, have several layers"
        )
    )]
    NoComponent {
        /// The module.
        module: String,
    },
    /// The store does not take it.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Store(#[from] crate::store::StoreError),
    /// A file cannot be read; the message names it.
    #[error("{0}")]
    #[diagnostic(code(publish::io))]
    Io(#[from] std::io::Error),
}
