//! Why something could not be run or resolved.

use super::ExecError;

/// Why the engine did not make a result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SolveError {
    /// A command failed.
    #[error(transparent)]
    Exec(Box<ExecError>),
    /// No registry has the image, or it is private and not for this user.
    #[error("the image {reference} does not exist, or its registry does not show it to you")]
    ImageNotFound {
        /// The image, canonical.
        reference: String,
    },
    /// The registry wants credentials, or does not accept those it got.
    #[error("the registry refused access to {reference}: {message}")]
    ImageDenied {
        /// The image, canonical.
        reference: String,
        /// Its answer.
        message: String,
    },
    /// A text that is no image reference.
    #[error(transparent)]
    Reference(#[from] crate::ReferenceError),
    /// The connection to the engine broke, or the engine ended.
    #[error("the engine at {address} is gone: {message}")]
    EngineLost {
        /// Where it was.
        address: String,
        /// What happened.
        message: String,
    },
    /// A service that a command needs does not serve.
    #[error(transparent)]
    Service(Box<super::ServiceError>),
    /// Nobody wanted the result any more.
    #[error("cancelled")]
    Cancelled,
    /// Anything else that the engine reports.
    #[error("{}{message}", operation.as_deref().map(|name| format!("{name}: ")).unwrap_or_default())]
    Failed {
        /// Name of the operation that failed, when the engine says which.
        operation: Option<String>,
        /// The engine's message.
        message: String,
    },
}
