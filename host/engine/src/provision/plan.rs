//! Our own engine as the options describe it: names and places, nothing done yet.

use crate::{ConnectError, EngineOptions, NetworkMode};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Everything that makes our engine this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Of the container and of its volume.
    pub(crate) name: String,
    pub(crate) image: String,
    pub(crate) network: NetworkMode,
    /// Content of the user's `buildkitd.toml`.
    pub(crate) config: Option<Vec<u8>>,
    /// Directory of the host that the container sees as the one for sockets.
    pub(crate) socket_dir: PathBuf,
}

impl Plan {
    pub(crate) fn new(options: &EngineOptions) -> Result<Self, ConnectError> {
        let config = match &options.config {
            Some(path) => {
                let read = fs_err::read(path);
                Some(read.map_err(|source| ConnectError::Io {
                    action: "cannot read the engine's configuration",
                    path: path.clone(),
                    source,
                })?)
            }
            None => None,
        };
        let mut hash = Sha256::new();
        for part in [
            options.image.as_bytes(),
            options.network.as_docker().as_bytes(),
            config.as_deref().unwrap_or_default(),
        ] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let hash: String = hex::encode(hash.finalize()).chars().take(12).collect();
        Ok(Self {
            name: format!("dockwright-engine-{hash}"),
            image: options.image.clone(),
            network: options.network,
            config,
            socket_dir: options.runtime_dir.join(format!("engine-{hash}")),
        })
    }

    /// Where the engine listens, seen from the host.
    pub(crate) fn socket(&self) -> PathBuf {
        self.socket_dir.join("buildkitd.sock")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Plan;
    use crate::{EngineOptions, NetworkMode};

    #[test]
    fn another_image_configuration_or_network_is_another_engine() {
        let directory = tempfile::tempdir().unwrap();
        let config = directory.path().join("buildkitd.toml");
        std::fs::write(&config, "debug = true").unwrap();
        let base = EngineOptions::managed("/run/x");
        let plans = [
            Plan::new(&base).unwrap(),
            Plan::new(&EngineOptions {
                image: "other:1".into(),
                ..base.clone()
            })
            .unwrap(),
            Plan::new(&EngineOptions {
                network: NetworkMode::Host,
                ..base.clone()
            })
            .unwrap(),
            Plan::new(&EngineOptions {
                config: Some(config),
                ..base.clone()
            })
            .unwrap(),
        ];
        let names: std::collections::HashSet<_> = plans.iter().map(|plan| plan.name.as_str()).collect();
        assert_eq!(names.len(), 4);
        assert_eq!(Plan::new(&base).unwrap(), plans[0]);
        insta::assert_snapshot!(plans[0].name);
    }

    #[test]
    fn a_missing_configuration_is_named() {
        let options = EngineOptions {
            config: Some("/no/such/buildkitd.toml".into()),
            ..EngineOptions::managed("/run/x")
        };
        let error = Plan::new(&options).unwrap_err().to_string();
        assert!(error.contains("/no/such/buildkitd.toml"), "{error}");
    }
}
