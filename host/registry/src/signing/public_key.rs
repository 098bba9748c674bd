//! Public keys: what may have signed.

use super::error::KeyError;
use super::pem;
use crate::digest::Digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use std::fmt;

/// How the DER form of every uncompressed P-256 key begins; the point follows.
const DER_PREFIX: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const POINT_SIZE: usize = 65;
const LABEL: &str = "PUBLIC KEY";

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    point: Vec<u8>,
}

impl PublicKey {
    /// Reads the text of a file such as `cosign.pub`; `place` is for messages.
    ///
    /// # Errors
    /// It is none, or of another algorithm.
    pub fn parse(text: &str, place: &str) -> Result<PublicKey, KeyError> {
        let place = place.to_owned();
        let Some((label, der)) = pem::first_block(text) else {
            return Err(KeyError::NotPem { place });
        };
        if label != LABEL {
            return Err(KeyError::WrongKind {
                place,
                found: label.to_owned(),
                wanted: "a public key",
            });
        }
        match der.strip_prefix(&DER_PREFIX) {
            Some(point) if point.len() == POINT_SIZE => Ok(PublicKey {
                point: point.to_owned(),
            }),
            _ => Err(KeyError::Algorithm { place }),
        }
    }

    pub(super) fn of_point(point: &[u8]) -> PublicKey {
        PublicKey {
            point: point.to_owned(),
        }
    }

    /// The text of a file with it.
    pub fn to_pem(&self) -> String {
        pem::block(LABEL, &self.der())
    }

    /// Digest of its DER form: what it is, whatever it is called.
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&self.der())
    }

    /// What Sigstore bundles say of the key that they are signed by.
    pub(super) fn hint(&self) -> String {
        STANDARD.encode(hex::decode(self.fingerprint().hex()).unwrap_or_default())
    }

    /// Whether the owner of the key has signed this message.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.point)
            .verify(message, signature)
            .is_ok()
    }

    fn der(&self) -> Vec<u8> {
        [&DER_PREFIX, self.point.as_slice()].concat()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint().short())
    }
}
