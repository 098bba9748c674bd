//! Why a result did not get out of the engine.

use super::SolveError;
use std::path::PathBuf;

/// Why an export or a publication failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// What should be exported could not be made, or the engine could not export it.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// A path that the engine sent leads out of the destination.
    #[error("refused to write {path} below {}: {reason}", destination.display())]
    UnsafePath {
        /// Where the export goes.
        destination: PathBuf,
        /// What the engine sent.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The destination is one that must not be wiped.
    #[error("refused to wipe {}: {reason}", destination.display())]
    UnsafeWipe {
        /// The destination.
        destination: PathBuf,
        /// Why.
        reason: &'static str,
    },
    /// Writing failed.
    #[error("cannot write to {}: {message}", path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// There is no image to export.
    #[error("there is no image to export: give at least one platform")]
    NoImage,
    /// Two images are for one platform.
    #[error("two images are for {platform}: give one per platform")]
    TwoForOnePlatform {
        /// The platform.
        platform: crate::Platform,
    },
    /// The registry does not accept these credentials.
    #[error(
        "the registry refused to take {reference}: {message}\nLog in with `docker login`, or pass credentials for it"
    )]
    Denied {
        /// What should be published.
        reference: String,
        /// Its answer.
        message: String,
    },
    /// Docker did not take or give the image.
    #[error("Docker: {message}")]
    Docker {
        /// Why.
        message: String,
    },
}
