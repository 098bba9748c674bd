//! The Go runtime: the shim that stands between a module and the world, and the introspector, which is itself wrapped as a
//! module is. The introspector is built with the Go of this machine; without one, the language is left out.

use std::process::Command;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use super::command::run;
use super::{inputs, stamp::Stamp};
use crate::{output::say, workspace};

const WIT: &str = "wit/0.1.0";
const SHIM: &str = "sdk-go/runtime";
const INTROSPECT: &str = "sdk-go/introspect";
const TARGET: &str = "wasm32-unknown-unknown";

/// Raised when the build itself changes, so that older outputs are built anew.
const RECIPE: &[u8] = b"1";

/// Builds `go-shim.wasm` and `go-introspect.wasm` in the folder, unless they are there and were built from the same inputs.
/// Returns the latter, which runs; none when there is no Go.
pub(super) fn build(out_dir: &Utf8Path, force: bool) -> anyhow::Result<Option<Utf8PathBuf>> {
    let root = Utf8Path::from_path(workspace::root()).context("the workspace's path is not UTF-8")?;
    let output = out_dir.join("go-introspect.wasm");
    let shim_output = out_dir.join("go-shim.wasm");
    let work = Utf8PathBuf::try_from(workspace::release_dir())?.join("runtime-build/go");
    fs_err::create_dir_all(&work)?;
    let mut lock = fd_lock::RwLock::new(fs_err::File::create(work.join("lock"))?);
    let _guard = lock.write().context("cannot lock the build folder")?;

    let Some(version) = go_version() else {
        say("skipped Go: there is no `go` on PATH, and its introspector is a Go program; modules in Go will not load");
        return Ok(None);
    };
    let stamp = Stamp::new(&output, digest(root, &version)?);
    if !force && shim_output.is_file() && stamp.is_fresh(&output) {
        say(format_args!("{output} is up to date"));
        return Ok(Some(output));
    }
    let shim = shim(&root.join(SHIM))?;
    let component = dockwright_go::wrap(&shim, &introspector(&root.join("sdk-go"), &work)?)?;
    for (bytes, path) in [(&shim, &shim_output), (&component, &output)] {
        let writing = work.join("writing.wasm");
        fs_err::write(&writing, bytes)?;
        fs_err::rename(&writing, path)?;
        say(format_args!("built {path} ({} KiB)", bytes.len() / 1024));
    }
    stamp.write()?;
    Ok(Some(output))
}

fn go_version() -> Option<String> {
    let output = Command::new("go").arg("version").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn digest(root: &Utf8Path, version: &str) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(RECIPE).update(version.as_bytes());
    inputs::digest(&mut hasher, &root.join(SHIM), &["rs", "toml", "lock"])?;
    inputs::digest(&mut hasher, &root.join(INTROSPECT), &["go"])?;
    inputs::digest(&mut hasher, &root.join("host/go/src"), &["rs"])?;
    inputs::digest(&mut hasher, &root.join(WIT), &["wit"])?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// The shim as a component.
fn shim(crate_dir: &Utf8Path) -> anyhow::Result<Vec<u8>> {
    let target_dir = Utf8PathBuf::try_from(workspace::release_dir())?.join("../go-shim");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    say("building the Go runtime's shim");
    run(Command::new(cargo)
        .args(["build", "--release", "--locked", "--quiet", "--target", TARGET])
        .args(["--target-dir", target_dir.as_str()])
        .current_dir(crate_dir)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .env_remove("CARGO_TARGET_DIR"))?;
    let module = fs_err::read(target_dir.join(TARGET).join("release/dockwright_go_shim.wasm"))?;
    wit_component::ComponentEncoder::default()
        .validate(true)
        .module(&module)
        .and_then(|encoder| encoder.encode())
        .context("the shim cannot be made a component")
}

/// The introspector as a core module, as Go builds modules.
fn introspector(sdk: &Utf8Path, work: &Utf8Path) -> anyhow::Result<Vec<u8>> {
    let module = work.join("introspect.wasm");
    say("building the introspector");
    run(Command::new("go")
        .args([
            "build",
            "-trimpath",
            "-buildvcs=false",
            "-buildmode=c-shared",
            "-ldflags=-s -w",
        ])
        .args(["-o", module.as_str(), "./introspect"])
        .current_dir(sdk)
        .env("GOOS", "wasip1")
        .env("GOARCH", "wasm")
        .env("CGO_ENABLED", "0")
        .env("GOWORK", "off")
        .env("GOFLAGS", ""))?;
    Ok(fs_err::read(module)?)
}
