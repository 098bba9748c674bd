//! What is attached to an artifact, as it was received: nothing of it is believed before a key has verified it.

use super::envelope::{opened, to_be_signed};
use super::public_key::PublicKey;
use super::simple;
use super::statement::{SIGNED, Statement};
use crate::digest::Digest;
use serde::{Deserialize, Serialize};

/// Something attached to an artifact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Attachment {
    /// A simple signing payload and its signature.
    Simple {
        /// The payload.
        payload: String,
        /// The signature, in base64.
        signature: String,
    },
    /// A Sigstore bundle.
    Bundle {
        /// Its text.
        bundle: String,
    },
    /// A statement that nobody has signed.
    Statement {
        /// Its text.
        statement: String,
    },
}

impl Attachment {
    /// Whether it says that the artifact is signed, and the owner of the key has said so.
    pub fn is_signature(&self, artifact: Digest, key: &PublicKey) -> bool {
        match self {
            Attachment::Simple { payload, signature } => {
                let signature = decoded(signature);
                simple::subject(payload.as_bytes()) == Some(artifact) && key.verifies(payload.as_bytes(), &signature)
            }
            Attachment::Bundle { .. } => self
                .signed_statement(artifact, key)
                .is_some_and(|statement| statement.predicate_type == SIGNED),
            Attachment::Statement { .. } => false,
        }
    }

    /// Whether it is meant as a signature of the artifact, by whomever.
    pub fn claims_signature(&self, artifact: Digest) -> bool {
        match self {
            Attachment::Simple { payload, .. } => simple::subject(payload.as_bytes()) == Some(artifact),
            Attachment::Bundle { .. } => self
                .statement(artifact)
                .is_some_and(|statement| statement.predicate_type == SIGNED),
            Attachment::Statement { .. } => false,
        }
    }

    /// What it says of the artifact, whether or not somebody has signed it.
    pub fn statement(&self, artifact: Digest) -> Option<Statement> {
        let statement = match self {
            Attachment::Simple { .. } => None,
            Attachment::Bundle { bundle } => Statement::parse(&opened(bundle.as_bytes())?.0),
            Attachment::Statement { statement } => Statement::parse(statement.as_bytes()),
        };
        statement.filter(|statement| statement.is_about(artifact))
    }

    /// What the owner of the key has said of the artifact in it.
    pub fn signed_statement(&self, artifact: Digest, key: &PublicKey) -> Option<Statement> {
        let Attachment::Bundle { bundle } = self else {
            return None;
        };
        let (payload, signatures) = opened(bundle.as_bytes())?;
        let message = to_be_signed(&payload);
        let is_signed = signatures.iter().any(|signature| key.verifies(&message, signature));
        let statement = Statement::parse(&payload).filter(|statement| statement.is_about(artifact))?;
        is_signed.then_some(statement)
    }
}

fn decoded(signature: &str) -> Vec<u8> {
    use base64::Engine;
    let engine = base64::engine::general_purpose::STANDARD;
    engine.decode(signature).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::private_key::tests::made;
    use super::super::{bundle_of, simple_payload};
    use super::*;
    use base64::Engine;
    use serde_json::json;

    #[test]
    fn a_signature_is_of_one_artifact_by_one_key() {
        let ((key, _), (other, _)) = (made(), made());
        let (artifact, another) = (Digest::of(b"a"), Digest::of(b"b"));
        let payload = simple_payload(&"oci://h/a:1".parse().unwrap(), artifact);
        let signature = base64::engine::general_purpose::STANDARD.encode(key.sign(&payload).unwrap());
        let simple = Attachment::Simple {
            payload: String::from_utf8(payload).unwrap(),
            signature,
        };
        let bundled = |predicate: &str| {
            let statement = Statement::new("", artifact, predicate, json!({})).to_bytes();
            Attachment::Bundle {
                bundle: String::from_utf8(bundle_of(&statement, &key).unwrap()).unwrap(),
            }
        };
        for attachment in [&simple, &bundled(SIGNED)] {
            assert!(attachment.is_signature(artifact, &key.public()));
            assert!(attachment.claims_signature(artifact) && !attachment.claims_signature(another));
            assert!(!attachment.is_signature(another, &key.public()));
            assert!(!attachment.is_signature(artifact, &other.public()));
        }
        let provenance = bundled("https://slsa.dev/provenance/v1");
        assert!(
            !provenance.is_signature(artifact, &key.public()),
            "saying how it was made is not signing it"
        );
        assert!(provenance.signed_statement(artifact, &key.public()).is_some());
        assert!(provenance.signed_statement(artifact, &other.public()).is_none());
        let Attachment::Simple { payload, signature } = simple else {
            unreachable!()
        };
        let changed = Attachment::Simple {
            payload: payload.replace(&artifact.hex(), &another.hex()),
            signature,
        };
        assert!(!changed.is_signature(another, &key.public()));
        assert!(changed.claims_signature(another));
    }
}
