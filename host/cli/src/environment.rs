//! Every environment variable that dockwright reads, by name. (`NO_COLOR` and `TERM` are read by the views, `DOCKER_HOST` and its kin by the Docker client.)

use dockwright_go::pack::{Logins, ModuleSettings, WrittenSettings};
use dockwright_http::Proxies;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

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
/// Where the user's `trust.toml` is.
pub(crate) const CONFIG_DIR: &str = "DOCKWRIGHT_CONFIG_DIR";
/// The password of the private key that signs, by cosign's name.
pub(crate) const KEY_PASSWORD: &str = "COSIGN_PASSWORD";
/// Where what cannot is kept.
pub(crate) const STATE_DIR: &str = "DOCKWRIGHT_STATE_DIR";
/// The installation, which holds `runtimes/`; the binary's own directory by default.
pub(crate) const INSTALL_DIR: &str = "DOCKWRIGHT_INSTALL_DIR";
/// What builds modules in Go: `pack` for dockwright's own toolchain, or the path of a `go`. By default the `go` on `PATH`, else the pack.
pub(crate) const GO: &str = "DOCKWRIGHT_GO";
/// Whether Python modules are kept loaded for later calls: `0` for not.
pub(crate) const SNAPSHOTS: &str = "DOCKWRIGHT_SNAPSHOTS";
/// Where scratch files go, by the system's name.
pub(crate) const SCRATCH: &str = "TMPDIR";
/// How progress is shown; Dagger's name for it is understood too.
pub(crate) const PROGRESS: [&str; 2] = ["DOCKWRIGHT_PROGRESS", "DAGGER_PROGRESS"];
/// Where client libraries find a session, by Dagger's names: set for programs that are run; for `listen`, the token is read.
pub(crate) const SESSION_PORT: &str = "DAGGER_SESSION_PORT";
/// What lets them in.
pub(crate) const SESSION_TOKEN: &str = "DAGGER_SESSION_TOKEN";
/// Docker's configuration directory, for registry credentials.
pub(crate) const DOCKER_CONFIG: &str = "DOCKER_CONFIG";

/// The proxy for encrypted connections, in both spellings that programs know.
pub(crate) const HTTPS_PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Hosts that are reached without it.
pub(crate) const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// A variable's value when it is set and not empty.
pub(crate) fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable that a file of the user's refers to, whichever it is.
pub(crate) fn referred(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A variable's value as a path.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// Whether Python modules may be kept loaded.
pub(crate) fn snapshots() -> bool {
    !matches!(text(SNAPSHOTS).as_deref(), Some("0" | "off" | "false" | "no"))
}

/// How progress shall be shown, if a variable says.
pub(crate) fn progress() -> Option<String> {
    PROGRESS.iter().find_map(|name| text(name))
}

/// Go's own variables for fetching modules, which the toolchain pack heeds as Go does: from the environment, else as `go env -w` wrote them.
pub(crate) fn go_modules() -> ModuleSettings {
    let home = std::env::home_dir();
    let file = go_settings_file(home.as_deref());
    let written = file.and_then(|file| fs_err::read_to_string(file).ok());
    let written = WrittenSettings::parse(&written.unwrap_or_default());
    let value = |name: &str| text(name).or_else(|| written.get(name).map(str::to_owned));
    let folder = |name: &str| value(name).map(PathBuf::from);
    let workspace = folder("GOPATH").or_else(|| Some(home.as_ref()?.join("go")));
    let passwords = path("NETRC").or_else(|| Some(home.as_ref()?.join(".netrc")));
    ModuleSettings {
        proxy: value("GOPROXY"),
        private: value("GOPRIVATE"),
        no_proxy: value("GONOPROXY"),
        flags: value("GOFLAGS"),
        module_cache: folder("GOMODCACHE").or_else(|| Some(workspace?.join("pkg/mod"))),
        proxies: proxies(),
        logins: passwords.map(Logins::read).unwrap_or_default(),
    }
}

/// Where `go env -w` writes: `GOENV`, or Go's folder among the user's settings; none when it is `off`.
fn go_settings_file(home: Option<&Path>) -> Option<PathBuf> {
    if let Some(file) = path("GOENV") {
        return (file != Path::new("off")).then_some(file);
    }
    let settings = if cfg!(target_os = "macos") {
        home?.join("Library/Application Support")
    } else {
        path("XDG_CONFIG_HOME").or_else(|| Some(home?.join(".config")))?
    };
    Some(settings.join("go/env"))
}

/// The proxy, and the hosts that need none.
pub(crate) fn proxies() -> Proxies {
    let proxy = HTTPS_PROXY.iter().find_map(|name| text(name));
    let direct = NO_PROXY.iter().find_map(|name| text(name));
    Proxies::new(proxy, direct.as_deref())
}

/// The process's arguments.
pub(crate) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}
