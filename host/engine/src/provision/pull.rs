//! Getting the engine's image.

use super::docker::{is_status, message};
use crate::ConnectError;
use bollard::Docker;
use bollard::query_parameters::CreateImageOptionsBuilder;
use dockwright_telemetry::{Outcome, SpanId, SpanKind, Telemetry};
use futures::StreamExt;
use std::collections::HashMap;

/// Pulls the image unless it is here.
pub(super) async fn ensure_image(
    docker: &Docker,
    image: &str,
    telemetry: &Telemetry,
    parent: Option<SpanId>,
) -> Result<(), ConnectError> {
    match docker.inspect_image(image).await {
        Ok(_) => return Ok(()),
        Err(e) if is_status(&e, 404) => {}
        Err(e) => {
            return Err(ConnectError::Docker {
                action: format!("look for the image {image}"),
                message: message(&e),
            });
        }
    }
    let span = telemetry.span(format!("pull the engine's image {image}"), SpanKind::Transfer, parent);
    let options = CreateImageOptionsBuilder::default().from_image(image).build();
    let mut answers = docker.create_image(Some(options), None, None);
    let mut layers: HashMap<String, (u64, u64)> = HashMap::new();
    while let Some(answer) = answers.next().await {
        let failed = match answer {
            Ok(info) => {
                if let (Some(id), Some(detail)) = (info.id, info.progress_detail) {
                    let count = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
                    if info.status.as_deref() == Some("Downloading") {
                        layers.insert(id, (count(detail.current), count(detail.total)));
                        let (current, total) = layers
                            .values()
                            .fold((0, 0), |(c, t), (current, total)| (c + current, t + total));
                        span.progress(current, Some(total), "B");
                    }
                }
                info.error_detail
                    .map(|detail| detail.message.unwrap_or_else(|| "no reason given".to_owned()))
            }
            Err(e) => Some(message(&e)),
        };
        if let Some(message) = failed {
            span.finish(Outcome::Failed(message.clone()));
            return Err(ConnectError::Pull {
                image: image.to_owned(),
                message,
            });
        }
    }
    span.finish(Outcome::Done);
    Ok(())
}
