//! The simple signing payload: what cosign signs unless it makes a bundle. It names the manifest by digest.

use crate::digest::Digest;
use crate::reference::Reference;
use serde::Deserialize;
use serde_json::json;

const TYPE: &str = "cosign container image signature";

#[derive(Deserialize)]
struct Payload {
    critical: Critical,
}

#[derive(Deserialize)]
struct Critical {
    image: Image,
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Image {
    docker_manifest_digest: String,
}

/// The text that says that this artifact is signed.
pub(crate) fn simple_payload(reference: &Reference, artifact: Digest) -> Vec<u8> {
    let payload = json!({
        "critical": {
            "identity": {"docker-reference": format!("{}/{}", reference.registry(), reference.repository())},
            "image": {"docker-manifest-digest": artifact.to_string()},
            "type": TYPE,
        },
        "optional": null,
    });
    payload.to_string().into_bytes()
}

/// The artifact that such a text names; none when it is another text.
pub(super) fn subject(payload: &[u8]) -> Option<Digest> {
    let Payload { critical } = serde_json::from_slice(payload).ok()?;
    let digest = critical.image.docker_manifest_digest.parse().ok()?;
    (critical.r#type == TYPE).then_some(digest)
}
