//! Asks a registry, through the engine, what an image is now.

use super::{ImageConfig, ImageReference};
use crate::{Engine, Platform, SolveError};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::ResolveSourceMetaRequest;
use bollard_buildkit_proto::pb;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// An image, pinned.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedImage {
    /// Canonical name with digest: `docker.io/library/python:3.12@sha256:…`.
    pub reference: String,
    /// `sha256:…` of the manifest or index.
    pub digest: String,
    /// Configuration of the image for the platform that was asked for.
    pub config: ImageConfig,
}

/// Answers of this run: a tag means one image as long as the run lasts.
pub(crate) type Resolutions = Mutex<HashMap<(ImageReference, Platform), Arc<OnceCell<ResolvedImage>>>>;

impl Engine {
    /// Finds out which image the reference means now and how its containers run. Asked once per run; those who ask meanwhile wait for the one answer.
    ///
    /// # Errors
    /// [`SolveError::ImageNotFound`] and [`SolveError::ImageDenied`] name the image as the registry was asked for it.
    pub async fn resolve_image(&self, reference: &str, platform: &Platform) -> Result<ResolvedImage, SolveError> {
        let reference: ImageReference = reference.parse()?;
        let key = (reference.clone(), platform.clone());
        let cell = {
            let mut resolutions = self.inner.resolutions.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(resolutions.entry(key).or_default())
        };
        cell.get_or_try_init(|| self.ask_registry(reference, platform))
            .await
            .cloned()
    }

    async fn ask_registry(&self, reference: ImageReference, platform: &Platform) -> Result<ResolvedImage, SolveError> {
        let name = reference.to_string();
        let request = ResolveSourceMetaRequest {
            source: Some(pb::SourceOp {
                identifier: format!("docker-image://{name}"),
                ..pb::SourceOp::default()
            }),
            platform: Some(platform.to_proto()),
            resolve_mode: "default".to_owned(),
            log_name: format!("{}resolve {name}", crate::llb::INTERNAL),
            ..ResolveSourceMetaRequest::default()
        };
        let answer = match self.inner.build.bridge().resolve_source_meta(request).await {
            Ok(answer) => answer.into_inner(),
            Err(status) => return Err(self.image_failure(&name, status)),
        };
        let failed = |message: String| SolveError::Failed {
            operation: Some(format!("resolve {name}")),
            message,
        };
        let image = answer
            .image
            .ok_or_else(|| failed("the engine's answer says nothing about an image".to_owned()))?;
        let config = serde_json::from_slice(&image.config)
            .map_err(|e| failed(format!("the image's configuration cannot be read: {e}")))?;
        let reference = reference.with_digest(image.digest.clone()).to_string();
        Ok(ResolvedImage {
            reference,
            digest: image.digest,
            config,
        })
    }

    fn image_failure(&self, name: &str, status: tonic::Status) -> SolveError {
        if let Some(lost) = self.lost(&status) {
            return lost;
        }
        let message = status.message();
        if is_missing(message) {
            SolveError::ImageNotFound {
                reference: name.to_owned(),
            }
        } else if is_denied(message) {
            SolveError::ImageDenied {
                reference: name.to_owned(),
                message: message.to_owned(),
            }
        } else {
            SolveError::Failed {
                operation: Some(format!("resolve {name}")),
                message: message.to_owned(),
            }
        }
    }
}

/// A registry's ways to say that there is no such image. Docker Hub does not tell it from one that is private.
pub(crate) fn is_missing(message: &str) -> bool {
    message.ends_with(": not found")
        || message.contains("repository does not exist")
        || message.contains("manifest unknown")
        || message.contains("no match for platform")
}

/// A registry's ways to want other credentials.
pub(crate) fn is_denied(message: &str) -> bool {
    [
        "401 Unauthorized",
        "403 Forbidden",
        "authorization failed",
        "insufficient_scope",
        "access denied",
        "no basic auth credentials",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::{is_denied, is_missing};

    #[test]
    fn registries_answers_are_told_apart() {
        assert!(is_missing(
            "failed to resolve source metadata for docker.io/library/nosuch:1: docker.io/library/nosuch:1: not found"
        ));
        assert!(is_missing(
            "pull access denied, repository does not exist or may require authorization"
        ));
        assert!(is_denied(
            "unexpected status from HEAD request to https://r/v2/a/manifests/1: 401 Unauthorized"
        ));
        let down = "dial tcp 127.0.0.1:5001: connect: connection refused";
        assert!(!is_missing(down) && !is_denied(down));
    }
}
