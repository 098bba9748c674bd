//! Into a Docker daemon, and out of it.

use crate::ExportError;
use crate::provision::docker;
use bollard::query_parameters::ImportImageOptionsBuilder;
use futures::StreamExt;
use std::path::Path;
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

/// Makes the Docker daemon that `DOCKER_HOST` names, or the one of this machine, load the images of a tarball.
///
/// # Errors
/// [`ExportError::Docker`] when there is no daemon or it does not take the images.
pub async fn load_into_docker(tarball: &Path) -> Result<(), ExportError> {
    let failed = |message: String| ExportError::Docker { message };
    let docker = docker().await.map_err(|error| failed(error.to_string()))?;
    let file = tokio::fs::File::open(tarball)
        .await
        .map_err(|error| failed(format!("{}: {error}", tarball.display())))?;
    let content = ReaderStream::with_capacity(file, 1 << 20);
    let mut answers = Box::pin(docker.import_image_stream(ImportImageOptionsBuilder::default().build(), content, None));
    while let Some(answer) = answers.next().await {
        let answer = answer.map_err(|error| failed(crate::transport::with_causes(&error)))?;
        if let Some(message) = answer.error_detail.and_then(|detail| detail.message) {
            return Err(failed(message));
        }
    }
    Ok(())
}

/// Writes an image of that Docker daemon as a tarball, in the form of `docker save`.
///
/// # Errors
/// [`ExportError::Docker`] when there is no daemon or it has no such image; [`ExportError::Write`] for the file.
pub async fn save_from_docker(name: &str, destination: &Path) -> Result<(), ExportError> {
    let failed = |message: String| ExportError::Docker { message };
    let unwritten = |error: std::io::Error| ExportError::Write {
        path: destination.to_owned(),
        message: error.to_string(),
    };
    // The name becomes part of a URL.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-:/@".contains(c);
    if name.is_empty() || name.contains("..") || !name.chars().all(is_plain) {
        return Err(failed(format!("`{name}` is no name of an image")));
    }
    let docker = docker().await.map_err(|error| failed(error.to_string()))?;
    let mut file = tokio::fs::File::create(destination).await.map_err(unwritten)?;
    let mut parts = Box::pin(docker.export_image(name));
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| failed(format!("{name}: {}", crate::transport::with_causes(&error))))?;
        file.write_all(&part).await.map_err(unwritten)?;
    }
    file.flush().await.map_err(unwritten)
}
