//! What an exported image looks like.

use crate::llb::Output;
use crate::{ImageConfig, Platform};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The image of one platform.
#[derive(Clone, Debug)]
pub struct PlatformImage {
    /// What it is for.
    pub platform: Platform,
    /// Its root file system.
    pub output: Output,
    /// How its containers run.
    pub config: ImageConfig,
    /// Annotations of its manifest.
    pub annotations: BTreeMap<String, String>,
}

/// Which names manifests and layers go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaTypes {
    /// Those of the OCI.
    #[default]
    Oci,
    /// Docker's, for registries that know no others.
    Docker,
}

/// How layers are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// As they are, new ones by gzip.
    #[default]
    Default,
    /// All by gzip.
    Gzip,
    /// All by zstd.
    Zstd,
    /// All by eStargz, which can be pulled lazily.
    Estargz,
    /// Not at all.
    Uncompressed,
}

/// How images are exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageOptions {
    /// Names of manifests and layers.
    pub media_types: MediaTypes,
    /// Compression of layers.
    pub compression: Compression,
}

impl ImageOptions {
    /// The attributes of BuildKit's image exporters.
    pub(super) fn attributes(self) -> Vec<(String, String)> {
        let mut attributes = vec![(
            "oci-mediatypes".to_owned(),
            (self.media_types == MediaTypes::Oci).to_string(),
        )];
        let compression = match self.compression {
            Compression::Default => return attributes,
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Estargz => "estargz",
            Compression::Uncompressed => "uncompressed",
        };
        attributes.push(("compression".to_owned(), compression.to_owned()));
        attributes.push(("force-compression".to_owned(), "true".to_owned()));
        attributes
    }
}
