//! Signatures and statements about artifacts: where cosign puts them in a registry, how they are found again, how they are written.
//!
//! A signature by the simple payload is a layer of the manifest under the tag `sha256-<digest>.sig`. A bundle, and a statement without a signature,
//! is the layer of a manifest that refers to the artifact.

use super::{Network, Registry, format_error};
use crate::client::ClientError;
use crate::digest::Digest;
use crate::error::{PullError, PushError};
use crate::format::{Descriptor, FormatError, media_type};
use crate::reference::Reference;
use crate::signing::{Attachment, BUNDLE_TYPE, SIGNED, STATEMENT, SigningKey, Statement, bundle_of, simple_payload};
use base64::Engine;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const SIMPLE: &str = "application/vnd.dev.cosign.simplesigning.v1+json";
const SIGNATURE: &str = "dev.cosignproject.cosign/signature";
const BUNDLES: &str = "application/vnd.dev.sigstore.bundle";
const IMAGE_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
/// How many referrers and signatures of an artifact are looked at.
const MOST: usize = 64;
/// The largest statement or payload that is looked at.
const LARGEST: u64 = 1 << 20;

/// What is read of a manifest with signatures or statements.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Attached {
    layers: Vec<Descriptor>,
}

impl Registry {
    /// Signatures and statements about the artifact that are on this machine, in the store or vendored.
    pub fn kept_attachments(&self, artifact: Digest) -> BTreeSet<Attachment> {
        let mut kept = self.inner.store.attachments(artifact);
        for vendor in &self.inner.vendors {
            kept.extend(vendor.attachments(artifact));
        }
        kept
    }

    /// The same with those that the registry has, which are kept. Without a network, those that are here.
    ///
    /// # Errors
    /// The registry cannot be asked.
    pub async fn attachments(
        &self,
        reference: &Reference,
        artifact: Digest,
    ) -> Result<BTreeSet<Attachment>, PullError> {
        let mut all = self.kept_attachments(artifact);
        all.extend(self.listed_attachments(reference, artifact).await?);
        Ok(all)
    }

    /// Those alone that are in the reference's repository now, which are kept: the same artifact may be in others too. Without a network, those that
    /// are here.
    ///
    /// # Errors
    /// The registry cannot be asked.
    pub async fn listed_attachments(
        &self,
        reference: &Reference,
        artifact: Digest,
    ) -> Result<BTreeSet<Attachment>, PullError> {
        if self.inner.network == Network::Off {
            return Ok(self.kept_attachments(artifact));
        }
        let mut found = self.simple_signatures(reference, artifact).await?;
        let referrers = self.inner.client.referrers(reference, artifact).await?;
        for referrer in referrers.iter().take(MOST) {
            let referrer = self.attached(&reference.pinned(referrer.digest)).await?;
            for layer in &referrer.layers {
                let is_bundle = layer.media_type.starts_with(BUNDLES);
                if !is_bundle && layer.media_type != STATEMENT {
                    continue;
                }
                let text = self.attached_text(reference, layer).await?;
                found.insert(if is_bundle {
                    Attachment::Bundle { bundle: text }
                } else {
                    Attachment::Statement { statement: text }
                });
            }
        }
        self.inner.store.keep_attachments(artifact, &found)?;
        Ok(found)
    }

    async fn simple_signatures(
        &self,
        reference: &Reference,
        artifact: Digest,
    ) -> Result<BTreeSet<Attachment>, PullError> {
        let manifest = self.attached(&signature_tag(reference, artifact)).await?;
        let mut found = BTreeSet::new();
        for layer in manifest.layers.iter().take(MOST) {
            let Some(signature) = layer.annotations.get(SIGNATURE).filter(|_| layer.media_type == SIMPLE) else {
                continue;
            };
            found.insert(Attachment::Simple {
                payload: self.attached_text(reference, layer).await?,
                signature: signature.clone(),
            });
        }
        Ok(found)
    }

    /// A manifest with signatures or statements; an empty one where there is none, or something else.
    async fn attached(&self, reference: &Reference) -> Result<Attached, PullError> {
        match self.inner.client.manifest(reference, self.inner.limits.manifest).await {
            Ok(fetched) => Ok(serde_json::from_slice(&fetched.bytes).unwrap_or_default()),
            Err(ClientError::NotFound { .. }) => Ok(Attached::default()),
            Err(error) => Err(error.into()),
        }
    }

    async fn attached_text(&self, reference: &Reference, layer: &Descriptor) -> Result<String, PullError> {
        let malformed = |message: String| format_error(reference, FormatError::malformed("signature", message));
        if layer.size > LARGEST {
            return Err(malformed(format!("it is {} bytes large", layer.size)));
        }
        let bytes = self.small_blob(reference, layer).await?;
        String::from_utf8(bytes).map_err(|error| malformed(error.to_string()))
    }

    /// Signs the artifact in its registry, in both forms that cosign reads: the simple payload for all versions, a bundle for version 3. Tells
    /// whether anything was written: a signature that the key has made already is not made again.
    ///
    /// # Errors
    /// The registry cannot be asked or does not take it, or nothing can be signed.
    pub async fn sign(&self, reference: &Reference, artifact: Digest, key: &SigningKey) -> Result<bool, PushError> {
        let public = key.public();
        // What is kept here may be in another repository, where the same artifact is too.
        let present = self
            .listed_attachments(reference, artifact)
            .await
            .map_err(PushError::Present)?;
        let is_there = |is_kind: fn(&Attachment) -> bool| {
            present
                .iter()
                .any(|known| is_kind(known) && known.is_signature(artifact, &public))
        };
        let has_simple = is_there(|known| matches!(known, Attachment::Simple { .. }));
        let has_bundle = is_there(|known| matches!(known, Attachment::Bundle { .. }));
        if !has_simple {
            self.write_simple(reference, artifact, key).await?;
        }
        if !has_bundle {
            let statement = Statement::new("", artifact, SIGNED, json!({}));
            self.attach(reference, artifact, &statement, Some(key)).await?;
        }
        Ok(!has_simple || !has_bundle)
    }

    async fn write_simple(&self, reference: &Reference, artifact: Digest, key: &SigningKey) -> Result<(), PushError> {
        let payload = simple_payload(reference, artifact);
        let signature = base64::engine::general_purpose::STANDARD.encode(key.sign(&payload)?);
        let mut layer = self.small_descriptor(SIMPLE, &payload)?;
        layer.annotations.insert(SIGNATURE.to_owned(), signature.clone());
        let tag = signature_tag(reference, artifact);
        let present = self.attached(&tag).await.map_err(PushError::Present)?;
        let mut layers = present.layers;
        layers.push(layer.clone());
        let digests: Vec<Digest> = layers.iter().map(|layer| layer.digest).collect();
        let config = json!({
            "architecture": "", "os": "", "created": "0001-01-01T00:00:00Z", "config": {},
            "rootfs": {"type": "layers", "diff_ids": digests},
        });
        let config = self.small_descriptor(IMAGE_CONFIG, config.to_string().as_bytes())?;
        self.send_blobs(reference, [&layer, &config].into_iter()).await?;
        let manifest = json!({
            "schemaVersion": 2, "mediaType": media_type::MANIFEST, "config": config, "layers": layers,
        });
        self.inner
            .client
            .put_manifest(&tag, manifest.to_string().as_bytes())
            .await?;
        let payload = String::from_utf8_lossy(&payload).into_owned();
        self.keep_written(artifact, Attachment::Simple { payload, signature })
    }

    /// Attaches a statement to the artifact in its registry, in a bundle when there is a key to sign it.
    ///
    /// # Errors
    /// The registry does not take it, or nothing can be signed.
    pub async fn attach(
        &self,
        reference: &Reference,
        artifact: Digest,
        statement: &Statement,
        key: Option<&SigningKey>,
    ) -> Result<(), PushError> {
        let text = statement.to_bytes();
        let (content, media_type, kind) = match key {
            Some(key) => (bundle_of(&text, key)?, BUNDLE_TYPE, "dsse-envelope"),
            None => (text, STATEMENT, "statement"),
        };
        let layer = self.small_descriptor(media_type, &content)?;
        let config = self.small_descriptor(media_type::EMPTY, b"{}")?;
        self.send_blobs(reference, [&layer, &config].into_iter()).await?;
        let annotations: BTreeMap<String, String> = [
            ("dev.sigstore.bundle.content".to_owned(), kind.to_owned()),
            (
                "dev.sigstore.bundle.predicateType".to_owned(),
                statement.predicate_type.clone(),
            ),
        ]
        .into();
        let subject = self.subject(artifact)?;
        let manifest = json!({
            "schemaVersion": 2, "mediaType": media_type::MANIFEST, "artifactType": media_type, "config": config,
            "layers": [layer], "subject": subject, "annotations": annotations,
        });
        let bytes = manifest.to_string().into_bytes();
        let referrer = Descriptor {
            artifact_type: Some(media_type.to_owned()),
            annotations,
            ..self.small_descriptor(media_type::MANIFEST, &bytes)?
        };
        self.inner
            .client
            .put_referrer(reference, artifact, &referrer, &bytes)
            .await?;
        let text = String::from_utf8_lossy(&content).into_owned();
        self.keep_written(
            artifact,
            match key {
                Some(_) => Attachment::Bundle { bundle: text },
                None => Attachment::Statement { statement: text },
            },
        )
    }

    fn subject(&self, artifact: Digest) -> Result<Value, PushError> {
        let size = fs_err::metadata(self.inner.store.blob(artifact))
            .map_err(ClientError::from)?
            .len();
        Ok(json!({"mediaType": media_type::MANIFEST, "digest": artifact, "size": size}))
    }

    /// Puts these bytes into the store and describes them.
    fn small_descriptor(&self, media_type: &str, bytes: &[u8]) -> Result<Descriptor, PushError> {
        Ok(Descriptor {
            media_type: media_type.to_owned(),
            digest: self.inner.store.put(bytes).map_err(PushError::Store)?,
            size: bytes.len() as u64,
            artifact_type: None,
            annotations: BTreeMap::new(),
        })
    }

    fn keep_written(&self, artifact: Digest, attachment: Attachment) -> Result<(), PushError> {
        let written = BTreeSet::from([attachment]);
        self.inner
            .store
            .keep_attachments(artifact, &written)
            .map_err(PushError::Store)
    }
}

fn signature_tag(reference: &Reference, artifact: Digest) -> Reference {
    reference.tagged(&format!("sha256-{}.sig", artifact.hex()))
}
