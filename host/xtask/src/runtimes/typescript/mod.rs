//! The TypeScript runtime: QuickJS, the globals and the SDK as one component without any import but the world's.
//!
//! The steps: the guest of `sdk-typescript/runtime` becomes a core module (`guest.rs`); its JavaScript, the packages it
//! wants (`packages.rs`) and the SDK become one bundle (`files.rs`); the module evaluates the bundle and is kept as it is
//! then (`snapshot.rs`); that is made a component. The same inputs give the same bytes.

mod files;
mod guest;
mod packages;
mod snapshot;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{inputs, stamp::Stamp};
use crate::{output::say, workspace};

const WIT: &str = "wit/0.1.0";
const RUNTIME: &str = "sdk-typescript/runtime";
const SDK: &str = "sdk-typescript/src";

/// Raised when the build itself changes, so that older outputs are built anew.
const RECIPE: &[u8] = b"1";

/// Builds `typescript.wasm` in the folder, unless it is there and was built from the same inputs.
pub(super) fn build(out_dir: &Utf8Path, force: bool) -> anyhow::Result<Utf8PathBuf> {
    let root = Utf8Path::from_path(workspace::root()).context("the workspace's path is not UTF-8")?;
    let output = out_dir.join("typescript.wasm");
    let work = Utf8PathBuf::try_from(workspace::release_dir())?.join("runtime-build/typescript");
    fs_err::create_dir_all(&work)?;
    let mut lock = fd_lock::RwLock::new(fs_err::File::create(work.join("lock"))?);
    let _guard = lock.write().context("cannot lock the build folder")?;

    let stamp = Stamp::new(&output, digest(root)?);
    if !force && stamp.is_fresh(&output) {
        say(format_args!("{output} is up to date"));
        return Ok(output);
    }
    let component = component(root, &work)?;
    if force && self::component(root, &work)? != component {
        bail!("the same inputs gave different bytes: something in the snapshot depends on time, chance or the machine");
    }
    let writing = work.join("typescript.wasm");
    fs_err::write(&writing, &component)?;
    fs_err::rename(&writing, &output)?;
    stamp.write()?;
    say(format_args!("built {output} ({} KiB)", component.len() / 1024));
    Ok(output)
}

fn component(root: &Utf8Path, work: &Utf8Path) -> anyhow::Result<Vec<u8>> {
    let packages = packages::fetch(&root.join(RUNTIME).join(packages::LOCK_FILE), work)?;
    let bundle = files::bundle(&root.join(RUNTIME).join("js"), &root.join(SDK), &packages)?;
    let module = guest::build(&root.join(RUNTIME))?;
    let module = snapshot::make(&module, &bundle)?;
    wit_component::ComponentEncoder::default()
        .validate(true)
        .module(&module)
        .and_then(|encoder| encoder.encode())
        .context("the snapshot cannot be made a component")
}

fn digest(root: &Utf8Path) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(RECIPE);
    hasher.update(&dockwright_typescript::FORMAT.to_le_bytes());
    inputs::digest(&mut hasher, &root.join(SDK), &["ts"])?;
    inputs::digest(
        &mut hasher,
        &root.join(RUNTIME),
        &["rs", "toml", "lock", "json", "js", "cjs"],
    )?;
    inputs::digest(&mut hasher, &root.join(WIT), &["wit"])?;
    Ok(hasher.finalize().to_hex().to_string())
}
