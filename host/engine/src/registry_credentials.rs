//! User names and passwords of registries for those who talk to one themselves: what engines are given when they pull, from the same file.

use crate::SecretBytes;
use crate::session::DockerConfig;
use std::path::Path;

/// A user name, empty when the secret is an identity token, and the secret.
pub type RegistryCredentials = (String, SecretBytes);

/// What Docker's configuration in that directory knows of a registry, by host and port; none is anonymous. Helper programs are asked.
///
/// # Errors
/// A text for the user: the file or a helper program does not do.
pub async fn registry_credentials(docker_config: &Path, host: &str) -> Result<Option<RegistryCredentials>, String> {
    let config = DockerConfig::load(docker_config).map_err(|error| error.to_string())?;
    let found = config.credentials(host).await?;
    Ok(found.map(|credentials| (credentials.user, credentials.secret)))
}
