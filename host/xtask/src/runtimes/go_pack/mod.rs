//! The toolchain pack: what builds Go modules where there is no Go. Compiler, linker and assembler as programs in WebAssembly,
//! with native code for the first two; the standard library and the client compiled; the headers of assembly.
//!
//! Everything is made from the source of this machine's Go. Without one, the pack is left out.

mod archive;
mod packages;
mod tools;
mod trim;

use std::process::Command;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_go::pack::Manifest;

use super::{inputs, stamp::Stamp};
use crate::{output::say, workspace};

/// Raised when the build itself changes, so that older outputs are built anew.
const RECIPE: &[u8] = b"2";

/// Programs that get native code. Assembly is rare.
const NATIVE: [&str; 2] = ["go-compile.wasm", "go-link.wasm"];

/// Builds `go-pack.tar.zst`, `go-pack.json` and the programs in the folder, unless they are there and were built from the same
/// inputs. Returns the programs that need native code; none when there is no Go.
pub(super) fn build(out_dir: &Utf8Path, force: bool) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let root = Utf8Path::from_path(workspace::root()).context("the workspace's path is not UTF-8")?;
    let output = out_dir.join(dockwright_go::pack::ARCHIVE);
    let manifest_path = out_dir.join(dockwright_go::pack::MANIFEST);
    let work = Utf8PathBuf::try_from(workspace::release_dir())?.join("runtime-build/go-pack");
    fs_err::create_dir_all(&work)?;
    let mut lock = fd_lock::RwLock::new(fs_err::File::create(work.join("lock"))?);
    let _guard = lock.write().context("cannot lock the build folder")?;

    let Some(go) = Go::find()? else {
        say(
            "skipped the Go toolchain pack: there is no `go` on PATH to build it with; modules in Go will need a Go where they are built",
        );
        return Ok(Vec::new());
    };
    let native: Vec<Utf8PathBuf> = NATIVE.iter().map(|name| out_dir.join(name)).collect();
    let stamp = Stamp::new(&manifest_path, digest(root, &go)?);
    if !force && output.is_file() && native.iter().all(|path| path.is_file()) && stamp.is_fresh(&manifest_path) {
        say(format_args!("{output} is up to date"));
        return Ok(native);
    }
    let tools = tools::build(&go, &work, out_dir)?;
    let packages = packages::build(&go, &work)?;
    say("packing the Go toolchain (about a minute)");
    let written = archive::write(&packages.files, &output)?;
    let manifest = Manifest {
        format: dockwright_go::pack::FORMAT,
        go: go.version.clone(),
        archive: written,
        tools,
        standard: packages.standard,
        client: packages.client,
        debug_defaults: packages.debug_defaults,
    };
    archive::replace(&manifest_path, &serde_json::to_vec_pretty(&manifest)?)?;
    stamp.write()?;
    let size = fs_err::metadata(&output)?.len() / (1 << 20);
    say(format_args!("built {output} ({size} MiB)"));
    Ok(native)
}

/// This machine's Go.
struct Go {
    /// As Go names it: `go1.26.8`.
    version: String,
    root: Utf8PathBuf,
}

impl Go {
    fn find() -> anyhow::Result<Option<Go>> {
        let Ok(output) = Command::new("go").args(["env", "GOVERSION", "GOROOT"]).output() else {
            return Ok(None);
        };
        let text = String::from_utf8(output.stdout).context("`go env` does not answer in UTF-8")?;
        let mut lines = text.lines();
        let (Some(version), Some(root)) = (lines.next(), lines.next()) else {
            return Ok(None);
        };
        Ok(Some(Go {
            version: version.to_owned(),
            root: root.into(),
        }))
    }

    /// A command of it that builds for the sandbox, independent of the user's settings.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("go");
        command
            .args(arguments)
            .env("GOOS", "wasip1")
            .env("GOARCH", "wasm")
            .env("CGO_ENABLED", "0")
            .env("GOWORK", "off")
            .env("GOFLAGS", "")
            .env("GOTOOLCHAIN", "local")
            .env_remove("GOWASM")
            .env_remove("GOEXPERIMENT");
        command
    }
}

fn digest(root: &Utf8Path, go: &Go) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(RECIPE).update(go.version.as_bytes());
    inputs::digest(&mut hasher, &root.join("sdk-go/dagger"), &["go"])?;
    inputs::digest(&mut hasher, &root.join("host/xtask/src/runtimes/go_pack"), &["rs"])?;
    Ok(hasher.finalize().to_hex().to_string())
}
