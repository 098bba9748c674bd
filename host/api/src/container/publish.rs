//! Containers as images: to a registry, to a file, into Docker.

use super::environment::expand;
use super::served_registry::ServedRegistry;
use super::state::Container;
use crate::access::require_host;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::file::File;
use dockwright_engine::{
    Compression, ImageOptions, ImageReference, LocalDirectory, MediaTypes, PlatformImage, ReferenceError,
};
use dockwright_schema::{ObjectId, Request};
use std::sync::Arc;

/// Pushes the image and returns its reference with the digest.
pub(super) async fn publish(container: &Container, field: ValueOf<'_>) -> Result<String, ApiError> {
    let images = images(container, field.api, field.arguments, field.request).await?;
    let engine = field.api.engine().await?;
    let (arguments, address) = (field.arguments, field.arguments.text("address")?);
    match ServedRegistry::new(field.api, arguments, address, field.request).await? {
        None => Ok(engine.publish(&images, address, options(arguments)).await?),
        Some(registry) => {
            let published = engine.publish(&images, &registry.address, options(arguments)).await?;
            Ok(registry.as_written(&published))
        }
    }
}

/// Writes the image as a tarball and returns its path.
pub(super) async fn export(container: &Container, field: ValueOf<'_>) -> Result<String, ApiError> {
    let images = images(container, field.api, field.arguments, field.request).await?;
    let path = field.arguments.text("path")?;
    let path = if field.arguments.flag("expand") {
        expand(container, path)?
    } else {
        path.to_owned()
    };
    let destination = field.api.host_view(&field.request.principal)?.resolve(&path)?;
    field
        .api
        .engine()
        .await?
        .export_tarball(&images, &destination, options(field.arguments))
        .await?;
    Ok(destination.to_string_lossy().into_owned())
}

/// Makes the Docker daemon of the host load the image under a name.
pub(super) async fn export_image(container: &Container, field: ValueOf<'_>) -> Result<(), ApiError> {
    require_host(
        &field.request.principal,
        "Container.exportImage",
        "return the Container and let the caller export it",
    )?;
    let images = images(container, field.api, field.arguments, field.request).await?;
    let name: ImageReference = field
        .arguments
        .text("name")?
        .parse()
        .map_err(|error: ReferenceError| ApiError::other(format!("argument `name`: {error}")))?;
    let directory = tempfile::Builder::new()
        .prefix("dockwright-image-")
        .tempdir()
        .map_err(|error| ApiError::other(format!("cannot make a temporary directory: {error}")))?;
    let tarball = directory.path().join("image.tar");
    let engine = field.api.engine().await?;
    engine
        .export_docker_tarball(&images, &name.to_string(), &tarball, options(field.arguments))
        .await?;
    Ok(dockwright_engine::load_into_docker(&tarball).await?)
}

impl Container {
    /// The image as a tarball in the engine. It is written and uploaded now.
    pub(crate) async fn as_tarball(
        &self,
        api: &Arc<Api>,
        arguments: Arguments<'_>,
        request: &Arc<Request>,
    ) -> Result<File, ApiError> {
        let images = images(self, api, arguments, request).await?;
        let engine = api.engine().await?;
        let directory = api.scratch_directory("image")?;
        let path = directory.join("image.tar");
        engine.export_tarball(&images, &path, options(arguments)).await?;
        let local = LocalDirectory::new(&directory);
        Ok(File {
            output: engine.add_local("image.tar", local).await,
            path: "/image.tar".to_owned(),
        })
    }
}

fn options(arguments: Arguments<'_>) -> ImageOptions {
    let compression = match arguments.optional_text("forcedCompression") {
        Some("Gzip" | "GZIP") => Compression::Gzip,
        Some("Zstd" | "ZSTD") => Compression::Zstd,
        Some("EStarGZ" | "ESTARGZ") => Compression::Estargz,
        Some("Uncompressed" | "UNCOMPRESSED") => Compression::Uncompressed,
        _ => Compression::default(),
    };
    let media_types = match arguments.optional_text("mediaTypes") {
        Some("DockerMediaTypes" | "DOCKER") => MediaTypes::Docker,
        _ => MediaTypes::Oci,
    };
    ImageOptions {
        media_types,
        compression,
    }
}

/// The container, or one image for each of the platform variants when there are any.
async fn images(
    container: &Container,
    api: &Arc<Api>,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Vec<PlatformImage>, ApiError> {
    let variants: Vec<ObjectId> = arguments.objects("platformVariants", "Container")?;
    let mut images = Vec::new();
    if variants.is_empty() || !container.root.is_scratch() {
        images.push(image(container));
    }
    for id in variants {
        images.push(image(&*api.state::<Container>(&id, request).await?));
    }
    Ok(images)
}

fn image(container: &Container) -> PlatformImage {
    PlatformImage {
        platform: container.platform.clone(),
        output: container.root.clone(),
        config: container.config.clone(),
        annotations: container.annotations.clone(),
    }
}
