//! Images from registries, and from the Docker daemon of the host.

use super::import;
use super::served_registry::ServedRegistry;
use super::state::Container;
use crate::access::HostView;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::file::File;
use crate::secret::Secret;
use dockwright_engine::LocalDirectory;
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

/// `from`, of a registry that is a service if one is given.
pub(super) async fn from_address(
    api: &Arc<Api>,
    container: Container,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    let address = arguments.text("address")?;
    match ServedRegistry::new(api, arguments, address, request).await? {
        None => from(api, container, address).await,
        Some(registry) => {
            let mut container = from(api, container, &registry.address).await?;
            container.image_reference = container.image_reference.map(|found| registry.as_written(&found));
            Ok(container)
        }
    }
}

impl Container {
    /// A container of the image for the engine's own platform.
    pub(crate) async fn of_image(api: &Arc<Api>, address: &str) -> Result<Container, ApiError> {
        let platform = api.engine().await?.default_platform().clone();
        from(api, Container::scratch(&platform), address).await
    }
}

/// The container of an image of the host's Docker daemon. It is saved and uploaded now.
pub(super) async fn of_docker(
    api: &Arc<Api>,
    container: Container,
    view: &HostView,
    name: &str,
) -> Result<Container, ApiError> {
    if matches!(view, HostView::Sandbox { .. }) {
        return Err(ApiError::Denied {
            what: format!("the image `{name}` of the host"),
            hint: "take a Container argument and let the caller choose the image",
        });
    }
    let directory = api.scratch_directory("image")?;
    dockwright_engine::save_from_docker(name, &directory.join("image.tar")).await?;
    let output = api
        .engine()
        .await?
        .add_local("image.tar", LocalDirectory::new(&directory))
        .await;
    let tarball = File {
        output,
        path: "/image.tar".to_owned(),
    };
    import::import(api, container, &tarball, "").await
}

/// The registry of an address.
pub(super) fn registry(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.split('/').next().unwrap_or(address)
}

/// Credentials for a registry, for this session.
pub(super) async fn registry_auth(
    api: &Arc<Api>,
    container: Container,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    let address = arguments.text("address")?;
    let host = registry(address);
    let engine = api.engine().await?;
    let secret = api
        .state::<Secret>(&arguments.object("secret", "Secret")?, request)
        .await?;
    engine.set_registry_auth(host, arguments.text("username")?, secret.plaintext(api).await?);
    Ok(container)
}
