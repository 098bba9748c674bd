//! DSSE envelopes and the Sigstore bundles that they travel in.

use super::error::KeyError;
use super::private_key::SigningKey;
use super::statement::STATEMENT;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

/// Media type of the bundles that are written. Those of all versions 0.x are read.
pub(crate) const BUNDLE_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// What is read of a bundle.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bundle {
    dsse_envelope: Envelope,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload: String,
    payload_type: String,
    signatures: Vec<Signature>,
}

#[derive(Deserialize)]
struct Signature {
    sig: String,
}

/// Payload and signatures of a bundle around a statement; none when it is something else.
pub(super) fn opened(bundle: &[u8]) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
    let Bundle {
        dsse_envelope: envelope,
    } = serde_json::from_slice(bundle).ok()?;
    if envelope.payload_type != STATEMENT {
        return None;
    }
    let signatures = envelope
        .signatures
        .iter()
        .filter_map(|signature| STANDARD.decode(&signature.sig).ok());
    Some((STANDARD.decode(&envelope.payload).ok()?, signatures.collect()))
}

/// A bundle around a statement.
pub(crate) fn bundle_of(statement: &[u8], key: &SigningKey) -> Result<Vec<u8>, KeyError> {
    let signature = key.sign(&to_be_signed(statement))?;
    let bundle = json!({
        "mediaType": BUNDLE_TYPE,
        "verificationMaterial": {"publicKey": {"hint": key.public().hint()}},
        "dsseEnvelope": {
            "payload": STANDARD.encode(statement),
            "payloadType": STATEMENT,
            "signatures": [{"sig": STANDARD.encode(signature)}],
        },
    });
    Ok(bundle.to_string().into_bytes())
}

/// What is signed of a statement: DSSE's pre-authentication encoding.
pub(super) fn to_be_signed(statement: &[u8]) -> Vec<u8> {
    let mut message = format!("DSSEv1 {} {STATEMENT} {} ", STATEMENT.len(), statement.len()).into_bytes();
    message.extend_from_slice(statement);
    message
}
