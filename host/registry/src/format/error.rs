//! Why an artifact cannot be read.

use crate::digest::Digest;
use miette::Diagnostic;

/// Why an artifact cannot be read.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum FormatError {
    /// The manifest is of something else.
    #[error("this is no module: the registry has {found} there")]
    #[diagnostic(
        code(registry::not_a_module),
        help("modules get to a registry by `dockwright publish`")
    )]
    NotAModule {
        /// What it is.
        found: String,
    },
    /// A component alone that does not carry its definition.
    #[error("the component does not say what it offers")]
    #[diagnostic(
        code(registry::no_definition),
        help("only components that were made by `dockwright publish` can be modules")
    )]
    NoDefinition,
    /// A document is not what it should be.
    #[error("the artifact's {document} cannot be used: {message}")]
    #[diagnostic(
        code(registry::malformed),
        help("the artifact was not made by `dockwright publish`, or was changed since; publish it again")
    )]
    Malformed {
        /// Which document.
        document: &'static str,
        /// What is wrong.
        message: String,
    },
    /// The artifact was made by a newer version in a form that is not known here.
    #[error("the artifact is of form {found}; this version of dockwright reads form {known}")]
    #[diagnostic(code(registry::newer_form), help("update dockwright"))]
    NewerForm {
        /// The form found.
        found: u32,
        /// The form that is read.
        known: u32,
    },
    /// The artifact was made by an older version in a form that is no longer known.
    #[error("the artifact is of form {found}; this version of dockwright reads form {known}")]
    #[diagnostic(
        code(registry::older_form),
        help("have the module published again with a newer dockwright")
    )]
    OlderForm {
        /// The form found.
        found: u32,
        /// The form that is read.
        known: u32,
    },
    /// The module needs something newer than there is.
    #[error("module `{module}` needs {what} {wanted}; this version of dockwright has {known}")]
    #[diagnostic(code(registry::newer_runtime), help("update dockwright"))]
    NeedsNewer {
        /// The module.
        module: String,
        /// What it needs.
        what: String,
        /// The version that it needs.
        wanted: String,
        /// The versions that there are.
        known: String,
    },
    /// The module needs something that there is no more.
    #[error("module `{module}` needs {what} {wanted}; this version of dockwright has {known}")]
    #[diagnostic(
        code(registry::older_runtime),
        help("have the module published again with a newer dockwright, or use an older dockwright")
    )]
    NeedsOlder {
        /// The module.
        module: String,
        /// What it needs.
        what: String,
        /// The version that it needs.
        wanted: String,
        /// The versions that there are.
        known: String,
    },
    /// A layer that the description names is not in the manifest.
    #[error("the artifact's description names the layer {digest}, which is not in its manifest")]
    #[diagnostic(
        code(registry::malformed),
        help("the artifact was not made by `dockwright publish`, or was changed since; publish it again")
    )]
    NoLayer {
        /// The layer.
        digest: Digest,
    },
    /// Something is larger than a module may be.
    #[error("{what} is {size}; at most {limit} are taken")]
    #[diagnostic(
        code(registry::too_large),
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
}

impl FormatError {
    pub(crate) fn malformed(document: &'static str, message: impl ToString) -> FormatError {
        FormatError::Malformed {
            document,
            message: message.to_string(),
        }
    }
}
