//! Every environment variable that dockwright reads, by name. (`NO_COLOR` and `TERM` are read by the views, `DOCKER_HOST` and its kin by the Docker client.)

use std::ffi::OsString;
use std::path::PathBuf;

/// Address of a BuildKit engine to use: `unix://`, `tcp://`, `docker-container://`.
pub(crate) const ENGINE: &str = "DOCKWRIGHT_ENGINE";
/// Image of the engine that dockwright runs itself.
pub(crate) const ENGINE_IMAGE: &str = "DOCKWRIGHT_ENGINE_IMAGE";
/// A `buildkitd.toml` for that engine.
pub(crate) const ENGINE_CONFIG: &str = "DOCKWRIGHT_ENGINE_CONFIG";
/// Network of that engine: `bridge` or `host`.
pub(crate) const ENGINE_NETWORK: &str = "DOCKWRIGHT_ENGINE_NETWORK";
/// Where what can be made again is kept.
pub(crate) const CACHE_DIR: &str = "DOCKWRIGHT_CACHE_DIR";
/// Where what cannot is kept.
pub(crate) const STATE_DIR: &str = "DOCKWRIGHT_STATE_DIR";
/// The installation, which holds `runtimes/`; the binary's own directory by default.
pub(crate) const INSTALL_DIR: &str = "DOCKWRIGHT_INSTALL_DIR";
/// How progress is shown; Dagger's name for it is understood too.
pub(crate) const PROGRESS: [&str; 2] = ["DOCKWRIGHT_PROGRESS", "DAGGER_PROGRESS"];
/// Docker's configuration directory, for registry credentials.
pub(crate) const DOCKER_CONFIG: &str = "DOCKER_CONFIG";

/// A variable's value when it is set and not empty.
pub(crate) fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable's value as a path.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// How progress shall be shown, if a variable says.
pub(crate) fn progress() -> Option<String> {
    PROGRESS.iter().find_map(|name| text(name))
}

/// The process's arguments.
pub(crate) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}
