//! Why there is no engine to talk to.

use std::path::PathBuf;

/// Why an engine could not be reached or started.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address makes no sense.
    #[error(transparent)]
    Address(#[from] crate::AddressError),
    /// Nobody answers at the address that was given.
    #[error("no BuildKit engine answers at {address}: {message}")]
    Unreachable {
        /// Where it should be.
        address: String,
        /// What happened.
        message: String,
    },
    /// There is no Docker daemon to run an engine in.
    #[error(
        "containers need Docker, but its daemon does not answer: {message}\nStart Docker, or name a running BuildKit engine"
    )]
    NoDocker {
        /// What happened.
        message: String,
    },
    /// Docker refused something while the engine was being started.
    #[error("Docker could not {action}: {message}")]
    Docker {
        /// What was tried, such as `create the container x`.
        action: String,
        /// Docker's answer.
        message: String,
    },
    /// The engine's image can neither be found here nor pulled.
    #[error("the engine's image {image} is not here and could not be pulled: {message}")]
    Pull {
        /// The image.
        image: String,
        /// Docker's answer.
        message: String,
    },
    /// The container runs or ran, but no engine answers in it.
    #[error("the engine in container {container} did not start: {message}{}", log_lines(log))]
    NotReady {
        /// The container.
        container: String,
        /// What is known.
        message: String,
        /// The last lines of its log.
        log: String,
    },
    /// A file or directory of ours is in the way.
    #[error("{action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The engine answered but did not accept a session or a build.
    #[error("the engine at {address} refused {what}: {message}")]
    Refused {
        /// Where it is.
        address: String,
        /// The session or the build.
        what: &'static str,
        /// Its answer.
        message: String,
    },
}

fn log_lines(log: &str) -> String {
    if log.trim().is_empty() {
        String::new()
    } else {
        format!("\nits log ends with:\n{}", log.trim_end())
    }
}
