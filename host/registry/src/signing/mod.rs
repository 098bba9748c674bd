//! Signatures as cosign makes and reads them: keys in its files, the simple signing payload, in-toto statements in DSSE envelopes in Sigstore bundles.
//!
//! ECDSA on P-256 with SHA-256 only, which is what cosign's keys are. Signatures by certificates of Fulcio are not understood: checking them needs
//! Sigstore's roots and transparency log. This folder knows keys and bytes; where signatures are in a registry, `registry/attachments.rs` knows.

mod attachment;
mod envelope;
mod error;
mod pem;
mod private_key;
mod public_key;
mod secret_box;
mod simple;
mod statement;

pub use attachment::Attachment;
pub(crate) use envelope::{BUNDLE_TYPE, bundle_of};
pub use error::KeyError;
pub use private_key::SigningKey;
pub use public_key::PublicKey;
pub(crate) use simple::simple_payload;
pub(crate) use statement::STATEMENT;
pub use statement::{SIGNED, Statement};
