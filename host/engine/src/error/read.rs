//! Why something could not be read from a result.

use super::SolveError;

/// Why a file, a directory or facts about them could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at the path.
    #[error("{path}: no such file or directory")]
    NotFound {
        /// The path.
        path: String,
    },
    /// The path is a directory, but a file is needed.
    #[error("{path} is a directory, not a file")]
    IsDirectory {
        /// The path.
        path: String,
    },
    /// The path is no directory, but one is needed.
    #[error("{path} is not a directory")]
    NotADirectory {
        /// The path.
        path: String,
    },
    /// The file is too large to be read as a whole.
    #[error(
        "{path} has {bytes} bytes; the content of a file is given up to {limit} bytes: export it, or use it in a container"
    )]
    TooLarge {
        /// The path.
        path: String,
        /// Its size.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// The file system to read from could not be made.
    #[error(transparent)]
    Solve(#[from] SolveError),
}
