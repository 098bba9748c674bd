//! Images from registries.

use super::state::Container;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::secret::Secret;
use dockwright_engine::llb::source;
use dockwright_schema::Request;
use std::sync::Arc;

/// The container's root and configuration from an image; what was mounted or set as secret stays.
pub(super) async fn from(api: &Arc<Api>, mut container: Container, address: &str) -> Result<Container, ApiError> {
    let address = address.strip_prefix("docker-image://").unwrap_or(address);
    let resolved = api.engine().await?.resolve_image(address, &container.platform).await?;
    container.root = source::image(&resolved.reference, &container.platform);
    container.config = resolved.config;
    container.image_reference = Some(resolved.reference);
    container.last_exec = None;
    Ok(container)
}

/// Credentials for a registry, for this session.
pub(super) async fn registry_auth(
    api: &Arc<Api>,
    container: Container,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    let address = arguments.text("address")?;
    let host = address.split('/').next().unwrap_or(address);
    let engine = api.engine().await?;
    let secret = api
        .state::<Secret>(&arguments.object("secret", "Secret")?, request)
        .await?;
    engine.set_registry_auth(host, arguments.text("username")?, secret.plaintext(api).await?);
    Ok(container)
}
