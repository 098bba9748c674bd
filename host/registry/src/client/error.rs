//! Why a registry did not do what was asked.

use crate::digest::Digest;
use miette::Diagnostic;
use std::time::Duration;

/// Why a registry did not do what was asked.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ClientError {
    /// No connection, or it broke before an answer came.
    #[error("the registry {host} cannot be reached: {message}")]
    #[diagnostic(code(registry::unreachable))]
    Unreachable {
        /// Host and port.
        host: String,
        /// What went wrong.
        message: String,
    },
    /// 401 or 403.
    #[error("the registry {host} does not let you {action} {repository}: {message}")]
    #[diagnostic(
        code(registry::unauthorized),
        help(
            "log in with `docker login {host}`; the name may also be wrong, which some registries tell in no other way"
        )
    )]
    Unauthorized {
        /// Host and port.
        host: String,
        /// `read` or `write to`.
        action: &'static str,
        /// The repository.
        repository: String,
        /// What the registry says.
        message: String,
    },
    /// Credentials could not be had.
    #[error("{message}")]
    #[diagnostic(code(registry::credentials))]
    Credentials {
        /// What went wrong.
        message: String,
    },
    /// 404.
    #[error("the registry {host} has no {what}")]
    #[diagnostic(code(registry::not_found))]
    NotFound {
        /// Host and port.
        host: String,
        /// What was asked for.
        what: String,
    },
    /// 429, again and again.
    #[error("the registry {host} takes no more requests at the moment: {message}")]
    #[diagnostic(
        code(registry::rate_limited),
        help("try again later; some registries allow more when you are logged in")
    )]
    RateLimited {
        /// Host and port.
        host: String,
        /// What the registry says.
        message: String,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// Any other status that is no success.
    #[error("the registry {host} answers {method} {path} with {status}: {message}")]
    #[diagnostic(code(registry::refused))]
    Refused {
        /// Host and port.
        host: String,
        /// The request's method.
        method: String,
        /// The request's path.
        path: String,
        /// The status.
        status: u16,
        /// What the registry says.
        message: String,
    },
    /// A connection ended early.
    #[error("the connection to the registry {host} ended after {received} of {size} bytes: {message}")]
    #[diagnostic(
        code(registry::cut),
        help("what was received is thrown away, nothing is kept half; try again")
    )]
    Cut {
        /// Host and port.
        host: String,
        /// Bytes that came.
        received: u64,
        /// Bytes that should have come.
        size: u64,
        /// What went wrong.
        message: String,
    },
    /// Content is not what its digest says.
    #[error("{what} from the registry {host} is not what its digest says: {expected} was expected, {found} came")]
    #[diagnostic(
        code(registry::digest),
        help("it was changed on its way or in the registry; nothing of it is kept or run")
    )]
    Digest {
        /// Host and port.
        host: String,
        /// What was fetched.
        what: String,
        /// As it should be.
        expected: Digest,
        /// As it is.
        found: Digest,
    },
    /// An answer makes no sense.
    #[error("the registry {host} does not behave as registries do: {message}")]
    #[diagnostic(code(registry::protocol))]
    Protocol {
        /// Host and port.
        host: String,
        /// What is wrong.
        message: String,
    },
    /// A file could not be read or written.
    #[error("{0}")]
    #[diagnostic(code(registry::io))]
    Io(#[from] std::io::Error),
}

impl ClientError {
    /// Whether the same request may succeed a moment later.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            ClientError::Unreachable { .. } | ClientError::RateLimited { .. } | ClientError::Cut { .. } => true,
            ClientError::Refused { status, .. } => matches!(status, 408 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether there was no connection: what is known from before may be used instead, if the user wants.
    pub(crate) fn is_unreachable(&self) -> bool {
        matches!(self, ClientError::Unreachable { .. })
            || matches!(self, ClientError::Refused { status, .. } if (500..600).contains(status))
    }
}
