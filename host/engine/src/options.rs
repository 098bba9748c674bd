//! What the caller decides about the engine. No defaults are read from the environment here; that is the command line's work.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The engine's image when the user names none: a plain BuildKit release in Docker's own spelling.
pub const DEFAULT_IMAGE: &str = "moby/buildkit:v0.34.2";

/// Network of the engine container, and with it of everything that runs in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkMode {
    /// A network of its own behind Docker's bridge.
    #[default]
    Bridge,
    /// The host's network: services on the host's loopback are reachable, and nothing is isolated.
    Host,
}

impl NetworkMode {
    /// Docker's word for it.
    pub fn as_docker(self) -> &'static str {
        match self {
            Self::Bridge => "bridge",
            Self::Host => "host",
        }
    }
}

/// Which engine to use and how to reach it.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// `unix:///path`, `tcp://host:port` or `docker-container://name`; none means a container of our own, started when needed.
    pub address: Option<String>,
    /// Image of our own container.
    pub image: String,
    /// The user's `buildkitd.toml` for our own container.
    pub config: Option<PathBuf>,
    /// Network of our own container.
    pub network: NetworkMode,
    /// Directory that only this user can enter; holds the engine's socket.
    pub runtime_dir: PathBuf,
    /// Where Docker's `config.json` lies; none means `$DOCKER_CONFIG`'s default, `~/.docker`, is not looked at.
    pub docker_config_dir: Option<PathBuf>,
    /// Stable for a user and a working directory: uploads of the same directory by the same client send only what changed.
    pub client_id: String,
    /// Where is remembered which commits of git repositories were read without credentials; none means that servers are asked each time.
    pub open_commits: Option<PathBuf>,
    /// Where to keep what uploaded directories held, so that a small change of a large one can be told by itself; none is nowhere.
    pub uploads_dir: Option<PathBuf>,
}

impl EngineOptions {
    /// Our own container of the default image with its socket under `runtime_dir`.
    pub fn managed(runtime_dir: impl Into<PathBuf>) -> Self {
        Self {
            address: None,
            image: DEFAULT_IMAGE.to_owned(),
            config: None,
            network: NetworkMode::default(),
            runtime_dir: runtime_dir.into(),
            docker_config_dir: None,
            client_id: "dockwright".to_owned(),
            open_commits: None,
            uploads_dir: None,
        }
    }
}
