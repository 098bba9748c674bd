//! Where dockwright keeps things: XDG directories unless the environment says otherwise.

use crate::environment;
use crate::error::CliError;
use dockwright_schema::ObjectKey;
use etcetera::BaseStrategy;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The user's directories.
#[derive(Clone, Debug)]
pub(crate) struct Directories {
    /// What can be made again: native code, definitions, installed packages.
    pub cache: PathBuf,
    /// What the user writes: whom they trust.
    pub config: PathBuf,
    /// What cannot: the key of object IDs.
    pub state: PathBuf,
    /// Sockets and scratch files of running sessions.
    pub runtime: PathBuf,
    /// The installation: the binary, and `runtimes/` with the SDK runtimes.
    pub install: PathBuf,
    /// Docker's configuration.
    pub docker_config: Option<PathBuf>,
}

impl Directories {
    pub(crate) fn new() -> Result<Directories, CliError> {
        let base = etcetera::choose_base_strategy()
            .map_err(|error| CliError::other("cli::home", format!("there is no home directory: {error}")))?;
        let cache = environment::path(environment::CACHE_DIR).unwrap_or_else(|| base.cache_dir().join("dockwright"));
        let state = environment::path(environment::STATE_DIR)
            .unwrap_or_else(|| base.state_dir().unwrap_or_else(|| base.data_dir()).join("dockwright"));
        let config = environment::path(environment::CONFIG_DIR).unwrap_or_else(|| base.config_dir().join("dockwright"));
        let docker_config =
            environment::path(environment::DOCKER_CONFIG).unwrap_or_else(|| base.home_dir().join(".docker"));
        Ok(Directories {
            runtime: state.join("run"),
            install: environment::path(environment::INSTALL_DIR).unwrap_or_else(beside_binary),
            docker_config: Some(docker_config).filter(|path| path.is_dir()),
            cache,
            config,
            state,
        })
    }

    /// Packages that TypeScript modules need, installed.
    pub(crate) fn npm_packages(&self) -> PathBuf {
        self.cache.join("npm-packages")
    }

    /// Packages that Python modules need, installed.
    pub(crate) fn python_packages(&self) -> PathBuf {
        self.cache.join("python-packages")
    }

    /// The user's key of object IDs, made when it is missing. Where it cannot be kept, this session gets one of its own.
    pub(crate) fn object_key(&self) -> Result<ObjectKey, CliError> {
        let path = self.state.join("object-key");
        if let Ok(bytes) = std::fs::read(&path)
            && let Ok(bytes) = <[u8; 32]>::try_from(bytes)
        {
            return Ok(ObjectKey::new(bytes));
        }
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| CliError::other("cli::random", format!("the system gives no random numbers: {error}")))?;
        if let Err(error) = private_directory(&self.state).and_then(|()| write_private(&path, &bytes)) {
            tracing::debug!(%error, "the key of object IDs cannot be kept; secrets will not hit the cache of other sessions");
        }
        Ok(ObjectKey::new(bytes))
    }
}

/// Makes a directory that only the user can enter.
pub(crate) fn private_directory(path: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)
}

fn beside_binary() -> PathBuf {
    let binary = std::env::current_exe().and_then(|path| path.canonicalize());
    binary
        .ok()
        .and_then(|path| Some(path.parent()?.to_owned()))
        .unwrap_or_else(|| PathBuf::from("."))
}
