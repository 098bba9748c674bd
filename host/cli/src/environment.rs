//! Every environment variable that dockwright reads, by name. (`NO_COLOR` and `TERM` are read by the views, `DOCKER_HOST` and its kin by the Docker client.)

use dockwright_go::pack::ModuleSettings;
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
/// What builds modules in Go: `pack` for dockwright's own toolchain, or the path of a `go`. By default the `go` on `PATH`, else the pack.
pub(crate) const GO: &str = "DOCKWRIGHT_GO";
/// How progress is shown; Dagger's name for it is understood too.
pub(crate) const PROGRESS: [&str; 2] = ["DOCKWRIGHT_PROGRESS", "DAGGER_PROGRESS"];
/// Where client libraries find a session, by Dagger's names: set for programs that are run; for `listen`, the token is read.
pub(crate) const SESSION_PORT: &str = "DAGGER_SESSION_PORT";
/// What lets them in.
pub(crate) const SESSION_TOKEN: &str = "DAGGER_SESSION_TOKEN";
/// Docker's configuration directory, for registry credentials.
pub(crate) const DOCKER_CONFIG: &str = "DOCKER_CONFIG";

/// The proxy for encrypted connections to registries, in both spellings that programs know.
pub(crate) const HTTPS_PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Hosts that are reached without it.
pub(crate) const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

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

/// Go's own variables for fetching modules, which the toolchain pack heeds as Go does.
pub(crate) fn go_modules() -> ModuleSettings {
    let home = std::env::home_dir();
    let workspace = path("GOPATH").or_else(|| Some(home?.join("go")));
    ModuleSettings {
        proxy: text("GOPROXY"),
        private: text("GOPRIVATE"),
        no_proxy: text("GONOPROXY"),
        flags: text("GOFLAGS"),
        module_cache: path("GOMODCACHE").or_else(|| Some(workspace?.join("pkg/mod"))),
    }
}

/// The proxy, and the hosts that need none.
pub(crate) fn proxies() -> (Option<String>, Option<String>) {
    (
        HTTPS_PROXY.iter().find_map(|name| text(name)),
        NO_PROXY.iter().find_map(|name| text(name)),
    )
}

/// The process's arguments.
pub(crate) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}
