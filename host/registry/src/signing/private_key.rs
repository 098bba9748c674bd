//! Private keys: who signs. A key is read when it is needed and never written.

use super::error::KeyError;
use super::public_key::PublicKey;
use super::{pem, secret_box};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use std::fmt;
use zeroize::Zeroizing;

const PLAIN: &str = "PRIVATE KEY";
const ENCRYPTED: [&str; 2] = ["ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY"];

/// A private key.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl SigningKey {
    /// Reads the text of a file such as `cosign.key`, which `password` opens, or of a plain PKCS #8 key. `place` is for messages.
    ///
    /// # Errors
    /// It is none, of another algorithm, or does not open.
    pub fn parse(text: &str, password: &str, place: &str) -> Result<SigningKey, KeyError> {
        let place = || place.to_owned();
        let (label, content) = pem::first_block(text).ok_or_else(|| KeyError::NotPem { place: place() })?;
        let der: Zeroizing<Vec<u8>> = if ENCRYPTED.contains(&label) {
            let opened = secret_box::open(&content, password.as_bytes());
            let opened = opened.map_err(|message| KeyError::Encryption {
                place: place(),
                message,
            })?;
            opened.ok_or_else(|| KeyError::Password { place: place() })?
        } else if label == PLAIN {
            content
        } else {
            return Err(KeyError::WrongKind {
                place: place(),
                found: label.to_owned(),
                wanted: "a private key, `ENCRYPTED SIGSTORE PRIVATE KEY` or `PRIVATE KEY` (PKCS #8),",
            });
        };
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &der, &random)
            .map_err(|_| KeyError::Algorithm { place: place() })?;
        Ok(SigningKey { pair, random })
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey::of_point(self.pair.public_key().as_ref())
    }

    /// Signs a message.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let signature = self.pair.sign(&self.random, message).map_err(|_| KeyError::Random)?;
        Ok(signature.as_ref().to_owned())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public().fingerprint().short())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A key that nothing but these tests trusts.
    pub(crate) fn made() -> (SigningKey, String) {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let text = pem::block(PLAIN, pkcs8.as_ref());
        (SigningKey::parse(&text, "", "key").unwrap(), text)
    }

    /// Made by `cosign generate-key-pair`, with the password `correct horse`.
    const COSIGN_KEY: &str = include_str!("fixtures/cosign.key");
    const COSIGN_PUB: &str = include_str!("fixtures/cosign.pub");

    #[test]
    fn keys_of_cosign_open_with_their_password() {
        let key = SigningKey::parse(COSIGN_KEY, "correct horse", "cosign.key").unwrap();
        let public = PublicKey::parse(COSIGN_PUB, "cosign.pub").unwrap();
        assert_eq!((key.public(), public.to_pem()), (public, COSIGN_PUB.to_owned()));
        let error = |password: &str| SigningKey::parse(COSIGN_KEY, password, "cosign.key").unwrap_err();
        insta::assert_snapshot!(error(""), @"cosign.key: the password does not open this key");
        assert_eq!(error("wrong"), error(""));
    }

    #[test]
    fn what_is_signed_is_verified_and_nothing_else() {
        let ((one, _), (other, _)) = (made(), made());
        let signature = one.sign(b"message").unwrap();
        assert!(one.public().verifies(b"message", &signature));
        assert!(!one.public().verifies(b"messagf", &signature));
        assert!(!other.public().verifies(b"message", &signature));
        assert!(!one.public().verifies(b"message", b""));
    }

    #[test]
    fn what_is_no_key_is_said() {
        let (key, text) = made();
        let private = |text: &str| SigningKey::parse(text, "", "k").unwrap_err();
        let public = |text: &str| PublicKey::parse(text, "k").unwrap_err();
        insta::assert_snapshot!(private("hello"), @"k: this is no key: it has no block that begins with `-----BEGIN`, or the block is damaged");
        insta::assert_snapshot!(private(&key.public().to_pem()), @"k: this is a `PUBLIC KEY`; a private key, `ENCRYPTED SIGSTORE PRIVATE KEY` or `PRIVATE KEY` (PKCS #8), is needed");
        insta::assert_snapshot!(public(&text), @"k: this is a `PRIVATE KEY`; a public key is needed");
        insta::assert_snapshot!(public(&pem::block("PUBLIC KEY", &[1; 44])), @"k: this is no key for ECDSA on the curve P-256, the only kind that is understood");
        insta::assert_snapshot!(private(&pem::block("PRIVATE KEY", &[1; 44])), @"k: this is no key for ECDSA on the curve P-256, the only kind that is understood");
        let slow = br#"{"kdf":{"name":"scrypt","params":{"N":1073741824,"r":8,"p":1},"salt":""},"cipher":{"name":"nacl/secretbox","nonce":""},"ciphertext":""}"#;
        insta::assert_snapshot!(private(&pem::block("ENCRYPTED SIGSTORE PRIVATE KEY", slow)), @"k: the key is encrypted in an unknown way: scrypt with N = 1073741824, r = 8, p = 1");
        assert!(!format!("{key:?}").contains("-----"));
    }
}
