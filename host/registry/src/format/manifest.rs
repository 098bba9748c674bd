//! The image manifest of an artifact, in the form of the OCI image specification 1.1. Fields that are not used here are not kept: a manifest is
//! passed on as the bytes that were received, never written anew.

use super::error::FormatError;
use super::media_type::{self, ARTIFACT, EMPTY, MANIFEST, WASM_CONFIG};
use crate::digest::Digest;
use crate::limits::{Limits, human_size};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The annotation with a layer's file name, from the image specification.
pub(crate) const TITLE: &str = "org.opencontainers.image.title";

/// A blob that something refers to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// What it is.
    #[serde(default)]
    pub media_type: String,
    /// Its digest.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// What kind of artifact a referrer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// More about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// A manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    schema_version: u32,
    #[serde(default)]
    media_type: String,
    /// What kind of artifact this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// The config.
    pub config: Descriptor,
    /// The layers.
    pub layers: Vec<Descriptor>,
    /// More about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

impl Descriptor {
    /// The name under which tools that pull plain files write it.
    pub fn title(&self) -> &str {
        self.annotations.get(TITLE).map_or("", String::as_str)
    }
}

/// What is looked at first: other kinds of manifests lack what a manifest of ours has.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kind {
    schema_version: u32,
    media_type: String,
    config: Option<KindOfConfig>,
    artifact_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KindOfConfig {
    media_type: String,
}

impl Manifest {
    pub(crate) fn new(
        artifact_type: Option<&str>,
        config: Descriptor,
        layers: Vec<Descriptor>,
        annotations: BTreeMap<String, String>,
    ) -> Manifest {
        Manifest {
            schema_version: 2,
            media_type: MANIFEST.to_owned(),
            artifact_type: artifact_type.map(str::to_owned),
            config,
            layers,
            annotations,
        }
    }

    /// Reads a manifest and checks that it is one of a module, and not too large.
    ///
    /// # Errors
    /// It is of something else, or cannot be used.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Manifest, FormatError> {
        let malformed = |error: serde_json::Error| FormatError::malformed("manifest", error);
        let kind: Kind = serde_json::from_slice(bytes).map_err(malformed)?;
        let config = kind.config.map(|config| config.media_type).unwrap_or_default();
        let is_module = kind.schema_version == 2
            && (kind.media_type.is_empty() || kind.media_type == MANIFEST)
            && (config == WASM_CONFIG || (config == EMPTY && kind.artifact_type.as_deref() == Some(ARTIFACT)));
        if !is_module {
            let found = [config.as_str(), kind.media_type.as_str()]
                .into_iter()
                .find(|text| !text.is_empty() && *text != EMPTY && *text != MANIFEST);
            let found = found
                .or(kind.artifact_type.as_deref())
                .map_or("something of no known kind", media_type::name);
            return Err(FormatError::NotAModule {
                found: found.to_owned(),
            });
        }
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(malformed)?;
        let size = manifest.size();
        if size > limits.artifact {
            return Err(FormatError::TooLarge {
                what: "the artifact".to_owned(),
                size: human_size(size),
                limit: human_size(limits.artifact),
            });
        }
        Ok(manifest)
    }

    /// Size of all layers together, in bytes.
    pub fn size(&self) -> u64 {
        self.layers.iter().fold(0, |sum, layer| sum.saturating_add(layer.size))
    }

    /// The layer of that digest.
    ///
    /// # Errors
    /// There is none.
    pub fn layer(&self, digest: Digest) -> Result<&Descriptor, FormatError> {
        self.layers
            .iter()
            .find(|layer| layer.digest == digest)
            .ok_or(FormatError::NoLayer { digest })
    }

    /// The layer of that media type, when there is one.
    pub(crate) fn layer_of_type(&self, media_type: &str) -> Option<&Descriptor> {
        self.layers.iter().find(|layer| layer.media_type == media_type)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use serde_json::json;

    fn message(manifest: &serde_json::Value) -> String {
        Manifest::parse(manifest.to_string().as_bytes(), &Limits::default())
            .unwrap_err()
            .to_string()
    }

    fn blob(media_type: &str, size: u64) -> serde_json::Value {
        json!({"mediaType": media_type, "digest": Digest::of(b"x"), "size": size})
    }

    #[test]
    fn other_things_are_named() {
        let index = json!({"schemaVersion": 2, "mediaType": media_type::INDEX, "manifests": []});
        insta::assert_snapshot!(message(&index), @"this is no module: the registry has an index of container images there");
        let image = json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": blob("application/vnd.oci.image.config.v1+json", 1), "layers": []});
        insta::assert_snapshot!(message(&image), @"this is no module: the registry has a container image there");
        let chart =
            json!({"schemaVersion": 2, "config": blob("application/vnd.cncf.helm.config.v1+json", 1), "layers": []});
        insta::assert_snapshot!(message(&chart), @"this is no module: the registry has application/vnd.cncf.helm.config.v1+json there");
        let foreign =
            json!({"schemaVersion": 2, "artifactType": "application/x", "config": blob(EMPTY, 2), "layers": []});
        insta::assert_snapshot!(message(&foreign), @"this is no module: the registry has application/x there");
    }

    #[test]
    fn sizes_are_bounded_before_anything_is_fetched() {
        let layers = [blob(media_type::WASM, 2 << 30), blob(media_type::WASM, u64::MAX)];
        let one = json!({"schemaVersion": 2, "config": blob(WASM_CONFIG, 1), "layers": layers.get(..1)});
        insta::assert_snapshot!(message(&one), @"the artifact is 2.1 GB; at most 1.1 GB are taken");
        let many = json!({"schemaVersion": 2, "config": blob(WASM_CONFIG, 1), "layers": layers});
        assert!(message(&many).contains("at most 1.1 GB"));
    }

    #[test]
    fn digests_are_checked_when_read() {
        let manifest = json!({"schemaVersion": 2, "config": {"mediaType": WASM_CONFIG, "digest": "sha256:../../x", "size": 2}, "layers": []});
        assert!(message(&manifest).contains("is no digest"));
    }
}
