//! Configuration of an image, in the JSON form of the OCI image specification and Docker's extension of it.

use crate::Platform;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// `application/vnd.oci.image.config.v1+json`. What is not named here is kept as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImageConfig {
    /// Processor in Go's spelling.
    #[serde(default)]
    pub architecture: String,
    /// Operating system.
    #[serde(default)]
    pub os: String,
    /// Variant of the processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// How containers of the image run.
    #[serde(default)]
    pub config: RuntimeConfig,
    /// Everything else: `rootfs`, `history`, `created`, `author`, ….
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The part that says how containers of the image run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuntimeConfig {
    /// `NAME=value`, in order.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<String>,
    /// Arguments, or the whole command without an entry point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cmd: Option<Vec<String>>,
    /// Program and first arguments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint: Option<Vec<String>>,
    /// Working directory; empty is the root.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub working_dir: String,
    /// User and optional group; empty is root.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub user: String,
    /// Labels.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub labels: BTreeMap<String, String>,
    /// Ports as `80/tcp`, each with an empty object.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub exposed_ports: BTreeMap<String, Value>,
    /// Paths of volumes, each with an empty object.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub volumes: BTreeMap<String, Value>,
    /// Signal that asks it to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_signal: Option<String>,
    /// How to ask whether it is well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub healthcheck: Option<HealthConfig>,
    /// Everything else: `OnBuild`, `Shell`, `ArgsEscaped`, ….
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Docker's health check. Times are nanoseconds; 0 or none inherits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct HealthConfig {
    /// `["NONE"]`, `["CMD", …]` or `["CMD-SHELL", …]`.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub test: Vec<String>,
    /// Time between two checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<i64>,
    /// Longest time a check may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i64>,
    /// Time before failures count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_period: Option<i64>,
    /// Time between two checks meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_interval: Option<i64>,
    /// How many failures in a row make it unhealthy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retries: Option<i64>,
}

/// Go writes empty lists and maps as `null`.
fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl ImageConfig {
    /// The configuration of an empty image.
    pub fn empty(platform: &Platform) -> Self {
        let mut config = Self::default();
        config.set_platform(platform);
        config
    }

    /// Says what platform the image is for.
    pub fn set_platform(&mut self, platform: &Platform) {
        self.os.clone_from(&platform.os);
        self.architecture.clone_from(&platform.architecture);
        self.variant.clone_from(&platform.variant);
    }

    /// The form that an exporter wants: the layers are its own to fill in.
    pub(crate) fn for_export(&self, platform: &Platform) -> Result<Vec<u8>, serde_json::Error> {
        let mut config = self.clone();
        config.set_platform(platform);
        config.other.insert(
            "rootfs".to_owned(),
            serde_json::json!({"type": "layers", "diff_ids": []}),
        );
        serde_json::to_vec(&config)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::ImageConfig;
    use crate::Platform;
    use serde_json::{Value, json};

    #[test]
    fn what_is_not_known_is_kept() {
        let text = json!({
            "architecture": "amd64", "os": "linux", "created": "2026-01-01T00:00:00Z", "author": "somebody",
            "config": {
                "Env": ["PATH=/bin"], "Cmd": ["sh"], "WorkingDir": "/w", "User": "1000", "Labels": {"a": "b"},
                "ExposedPorts": {"80/tcp": {}}, "Healthcheck": {"Test": ["CMD", "true"], "Interval": 5}, "OnBuild": ["RUN x"], "Shell": ["/bin/bash"]
            },
            "rootfs": {"type": "layers", "diff_ids": ["sha256:00"]}, "history": [{"created_by": "x"}]
        });
        let config: ImageConfig = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(config.config.env, ["PATH=/bin"]);
        assert_eq!(serde_json::to_value(&config).unwrap(), text);
    }

    #[test]
    fn nulls_are_empty() {
        let text = json!({"config": {"Env": null, "Cmd": null, "Entrypoint": null, "Volumes": null, "Labels": null, "User": null}});
        let config: ImageConfig = serde_json::from_value(text).unwrap();
        assert!(config.config.env.is_empty() && config.config.cmd.is_none() && config.config.labels.is_empty());
    }

    #[test]
    fn an_export_has_no_layers_yet_but_a_platform() {
        let config: ImageConfig = serde_json::from_value(json!({"rootfs": {"diff_ids": ["sha256:00"]}})).unwrap();
        let exported: Value = serde_json::from_slice(&config.for_export(&Platform::linux("arm64")).unwrap()).unwrap();
        assert_eq!(exported["architecture"], "arm64");
        assert_eq!(exported["rootfs"]["diff_ids"], json!([]));
    }
}
