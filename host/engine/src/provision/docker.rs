//! The Docker daemon that `DOCKER_HOST` names, or the one on this machine.

use crate::ConnectError;
use bollard::Docker;
use bollard::errors::Error;

/// A client that has agreed on a version with the daemon.
pub(crate) async fn docker() -> Result<Docker, ConnectError> {
    let none = |error: Error| ConnectError::NoDocker {
        message: crate::transport::with_causes(&error),
    };
    Docker::connect_with_defaults()
        .map_err(none)?
        .negotiate_version()
        .await
        .map_err(none)
}

/// Whether the daemon answered with this HTTP status.
pub(crate) fn is_status(error: &Error, status: u16) -> bool {
    matches!(error, Error::DockerResponseServerError { status_code, .. } if *status_code == status)
}

/// The daemon's own words.
pub(super) fn message(error: &Error) -> String {
    match error {
        Error::DockerResponseServerError { message, .. } => message.trim().to_owned(),
        other => crate::transport::with_causes(other),
    }
}
