//! Containers as images: to a registry, or to a file.

use super::state::Container;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use dockwright_engine::{Compression, ImageOptions, MediaTypes, PlatformImage};
use dockwright_schema::ObjectId;

/// Pushes the image and returns its reference with the digest.
pub(super) async fn publish(container: &Container, field: ValueOf<'_>) -> Result<String, ApiError> {
    let images = images(container, field).await?;
    let engine = field.api.engine().await?;
    Ok(engine
        .publish(&images, field.arguments.text("address")?, options(field))
        .await?)
}

/// Writes the image as a tarball and returns its path.
pub(super) async fn export(container: &Container, field: ValueOf<'_>) -> Result<String, ApiError> {
    let images = images(container, field).await?;
    let destination = field
        .api
        .host_view(&field.request.principal)?
        .resolve(field.arguments.text("path")?)?;
    field
        .api
        .engine()
        .await?
        .export_tarball(&images, &destination, options(field))
        .await?;
    Ok(destination.to_string_lossy().into_owned())
}

fn options(field: ValueOf<'_>) -> ImageOptions {
    let compression = match field.arguments.optional_text("forcedCompression") {
        Some("Gzip") => Compression::Gzip,
        Some("Zstd") => Compression::Zstd,
        Some("EStarGZ") => Compression::Estargz,
        Some("Uncompressed") => Compression::Uncompressed,
        _ => Compression::default(),
    };
    let media_types = match field.arguments.optional_text("mediaTypes") {
        Some("DockerMediaTypes") => MediaTypes::Docker,
        _ => MediaTypes::Oci,
    };
    ImageOptions {
        media_types,
        compression,
    }
}

/// The container, or one image for each of the platform variants when there are any.
async fn images(container: &Container, field: ValueOf<'_>) -> Result<Vec<PlatformImage>, ApiError> {
    let variants: Vec<ObjectId> = field.arguments.objects("platformVariants", "Container")?;
    let mut images = Vec::new();
    if variants.is_empty() || !container.root.is_scratch() {
        images.push(image(container));
    }
    for id in variants {
        images.push(image(&*field.api.state::<Container>(&id, field.request).await?));
    }
    Ok(images)
}

fn image(container: &Container) -> PlatformImage {
    PlatformImage {
        platform: container.platform.clone(),
        output: container.root.clone(),
        config: container.config.clone(),
    }
}
