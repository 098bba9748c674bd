//! Why an artifact cannot be had or published.

use crate::client::ClientError;
use crate::format::FormatError;
use crate::store::StoreError;
use miette::Diagnostic;

/// Why an artifact cannot be had.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum PullError {
    /// The registry does not give it.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Client(#[from] ClientError),
    /// It is not what can be used.
    #[error("{reference}: {problem}")]
    #[diagnostic(forward(problem))]
    Format {
        /// As it was asked for.
        reference: String,
        /// What is wrong with it.
        problem: Box<FormatError>,
    },
    /// It cannot be kept or unpacked.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Store(#[from] StoreError),
    /// The registry is away, and what the tag led to before is known.
    #[error("{reference} cannot be looked up: {problem}")]
    #[diagnostic(
        code(registry::unreachable),
        help("it led to {digest} {age}; add `--offline` to use that, or name it by its digest: {pinned}")
    )]
    Known {
        /// As it was asked for.
        reference: String,
        /// Why the registry could not be asked.
        problem: Box<ClientError>,
        /// What the tag led to.
        digest: String,
        /// When that was.
        age: String,
        /// The reference with the digest.
        pinned: String,
    },
    /// The network is not to be used, and what is needed is not there.
    #[error("{what} is not on this machine, and `--offline` forbids to fetch it")]
    #[diagnostic(
        code(registry::offline),
        help(
            "fetch it once with the network on: every call without `--offline` does, and `dockwright vendor` keeps it with your module"
        )
    )]
    Offline {
        /// What is needed.
        what: String,
    },
    /// A file could not be read or written; the message names it.
    #[error("{0}")]
    #[diagnostic(code(registry::io))]
    Io(#[from] std::io::Error),
}

/// Why an artifact cannot be published.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum PushError {
    /// The registry does not take it.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Client(#[from] ClientError),
    /// A reference with a digest names what is there already.
    #[error("{reference} names a digest; an artifact is published under a tag")]
    #[diagnostic(code(publish::reference), help("write `oci://HOST/NAME:TAG`"))]
    Pinned {
        /// As it was given.
        reference: String,
    },
    /// What is there already cannot be had, and would be lost.
    #[error("{0}")]
    #[diagnostic(transparent)]
    Present(PullError),
    /// It cannot be signed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Key(#[from] crate::signing::KeyError),
    /// It cannot be kept on this machine.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Store(StoreError),
}
