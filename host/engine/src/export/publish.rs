//! To a registry.

use super::image::{annotations, content};
use super::{ImageOptions, PlatformImage};
use crate::image::is_denied;
use crate::{Engine, ExportError, ImageReference, SolveError};
use bollard_buildkit_proto::moby::buildkit::v1::Exporter;
use dockwright_telemetry::{Outcome, SpanKind};
use std::collections::HashMap;

/// The exporter's answer about what it pushed.
const DIGEST: &str = "containerimage.digest";

impl Engine {
    /// Pushes an image, of one platform or several, and returns its name with the digest it has now: `name:tag@sha256:…`.
    ///
    /// # Errors
    /// [`ExportError::Denied`] when the registry does not take it from this user.
    pub async fn publish(
        &self,
        images: &[PlatformImage],
        reference: &str,
        options: ImageOptions,
    ) -> Result<String, ExportError> {
        let mut target: ImageReference = reference.parse().map_err(SolveError::from)?;
        // What is pushed has the digest that it has.
        target.digest = None;
        target.tag.get_or_insert_with(|| "latest".to_owned());
        let (content, metadata) = content(images)?;
        let mut attrs: HashMap<String, String> = options.attributes().into_iter().collect();
        attrs.extend(annotations(images));
        attrs.insert("name".to_owned(), target.to_string());
        attrs.insert("push".to_owned(), "true".to_owned());
        if target.is_loopback() {
            // As Docker does: no certificates on this machine's own registries.
            attrs.insert("registry.insecure".to_owned(), "true".to_owned());
        }
        let span = self.inner.tracker.telemetry().span(
            format!("push {target}"),
            SpanKind::Transfer,
            self.inner.tracker.root(),
        );
        let exported = self
            .export(
                content,
                metadata,
                Exporter {
                    r#type: "image".to_owned(),
                    attrs,
                },
                None,
            )
            .await;
        let answer = match exported {
            Ok(answer) => answer,
            Err(error) => {
                span.finish(Outcome::Failed(error.to_string()));
                return Err(denied(error, &target));
            }
        };
        span.finish(Outcome::Done);
        let digest = answer.get(DIGEST).ok_or_else(|| {
            let message = "the engine did not say which digest it pushed".to_owned();
            SolveError::Failed {
                operation: Some(format!("push {target}")),
                message,
            }
        })?;
        Ok(target.with_digest(digest).to_string())
    }
}

fn denied(error: ExportError, target: &ImageReference) -> ExportError {
    match error {
        ExportError::Solve(SolveError::Failed {
            operation: Some(operation),
            message,
        }) if operation == "export" && is_denied(&message) => ExportError::Denied {
            reference: target.to_string(),
            message,
        },
        other => other,
    }
}
