//! Why looking after the engine failed.

use super::ConnectError;

/// Why looking after the engine container failed.
#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    /// The engine could not be reached or started.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// There is no engine container to look after.
    #[error("there is no engine container {container}; it is made when something needs it")]
    NoContainer {
        /// Name it would have.
        container: String,
    },
    /// The engine is somewhere else and not ours to start or stop.
    #[error("the engine at {address} is not managed by dockwright: {action} it where it runs")]
    NotManaged {
        /// Where it is.
        address: String,
        /// What cannot be done.
        action: &'static str,
    },
    /// The engine refused.
    #[error("the engine could not {action}: {message}")]
    Engine {
        /// What was asked.
        action: &'static str,
        /// Its answer.
        message: String,
    },
}
