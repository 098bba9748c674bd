//! The Python runtime: CPython, its standard library, the SDK and the guest of `sdk-python/runtime` as one component.
//!
//! Everything that goes in is pinned by digest. The output is not the same from build to build all the same: the snapshot
//! holds CPython's random hash seed, which componentize-py cannot be given.

use std::process::Command;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use super::{command::run, fuse, inputs, stamp::Stamp};
use crate::{output::say, workspace};

const WIT: &str = "wit/0.1.0";
const WORLD: &str = "module";
const APP: &str = "dockwright_runtime.app";
const BUILD_REQUIREMENTS: &str = "sdk-python/runtime/build-requirements.txt";
const GUEST_REQUIREMENTS: &str = "sdk-python/runtime/guest-requirements.txt";

/// Raised when the build itself changes, so that older outputs are built anew.
const RECIPE: &[u8] = b"2";

/// Builds `python.wasm` in the folder, unless it is there and was built from the same inputs.
pub(super) fn build(out_dir: &Utf8Path, force: bool) -> anyhow::Result<Utf8PathBuf> {
    let root = Utf8Path::from_path(workspace::root()).context("the workspace's path is not UTF-8")?;
    let output = out_dir.join("python.wasm");
    let work = Utf8PathBuf::try_from(workspace::release_dir())?.join("runtime-build/python");
    fs_err::create_dir_all(&work)?;
    let mut lock = fd_lock::RwLock::new(fs_err::File::create(work.join("lock"))?);
    let _guard = lock.write().context("cannot lock the build folder")?;

    let stamp = Stamp::new(&output, digest(root)?);
    if !force && stamp.is_fresh(&output) {
        say(format_args!("{output} is up to date"));
        return Ok(output);
    }
    let componentize = tools(root, &work)?;
    let guest = vendored(root, &work)?;
    let sources = stage(root, &work)?;
    let empty = work.join("empty-venv");
    // Without a virtual environment of its own it takes the packages of the Python that runs it into the component.
    fs_err::create_dir_all(empty.join("lib/python3.14/site-packages"))?;
    say("building the Python runtime (about 20 s)");
    let built = work.join("python.wasm");
    run(Command::new(&componentize)
        .args(["-d", root.join(WIT).as_str(), "-w", WORLD, "componentize"])
        .args([
            "-p",
            sources.join("runtime").as_str(),
            "-p",
            sources.join("sdk").as_str(),
            "-p",
            guest.as_str(),
        ])
        .args([APP, "-o", built.as_str()])
        .env("VIRTUAL_ENV", &empty)
        .env_remove("PYTHONPATH"))?;
    let fused = fuse::fuse(&fs_err::read(&built)?).context("cannot fuse the libraries of the Python runtime")?;
    fs_err::write(&built, fused)?;
    fs_err::rename(&built, &output)?;
    stamp.write()?;
    let size = fs_err::metadata(&output)?.len() / (1 << 20);
    say(format_args!("built {output} ({size} MiB)"));
    Ok(output)
}

fn digest(root: &Utf8Path) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(RECIPE);
    inputs::digest(&mut hasher, &root.join("sdk-python/src"), &["py"])?;
    inputs::digest(&mut hasher, &root.join("sdk-python/runtime"), &["py", "so", "txt"])?;
    inputs::digest(&mut hasher, &root.join(WIT), &["wit"])?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// The sources without caches and other files that would end up in the component.
fn stage(root: &Utf8Path, work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let stage = work.join("sources");
    if stage.exists() {
        fs_err::remove_dir_all(&stage)?;
    }
    inputs::copy(&root.join("sdk-python/runtime"), &stage.join("runtime"), &["py", "so"])?;
    inputs::copy(&root.join("sdk-python/src"), &stage.join("sdk"), &["py"])?;
    Ok(stage)
}

/// componentize-py in a virtual environment, made once for each version of its requirements.
fn tools(root: &Utf8Path, work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let venv = work.join(format!("tools-{}", short_digest(&root.join(BUILD_REQUIREMENTS))?));
    let program = venv.join("bin/componentize-py");
    if !program.is_file() {
        say("installing componentize-py");
        run(Command::new(python()).args(["-m", "venv", "--clear", venv.as_str()]))?;
        let requirements = root.join(BUILD_REQUIREMENTS);
        run(pip(&venv).args(["--require-hashes", "--only-binary=:all:", "-r", requirements.as_str()]))?;
    }
    Ok(program)
}

/// The packages that go into the component, as plain files.
fn vendored(root: &Utf8Path, work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let requirements = root.join(GUEST_REQUIREMENTS);
    let folder = work.join(format!("guest-{}", short_digest(&requirements)?));
    if folder.is_dir() {
        return Ok(folder);
    }
    say("fetching the packages of the component");
    let tools = work.join(format!("tools-{}", short_digest(&root.join(BUILD_REQUIREMENTS))?));
    let raw = work.join("guest-packages");
    if raw.exists() {
        fs_err::remove_dir_all(&raw)?;
    }
    run(pip(&tools)
        .args(["--require-hashes", "--no-deps", "--no-compile", "--only-binary=:all:"])
        .args(["--target", raw.as_str(), "-r", requirements.as_str()]))?;
    let partial = work.join("guest-partial");
    if partial.exists() {
        fs_err::remove_dir_all(&partial)?;
    }
    inputs::copy(&raw, &partial, &["py"])?;
    fs_err::rename(&partial, &folder)?;
    Ok(folder)
}

/// `PYTHON` of the environment, else `python3`.
fn python() -> std::ffi::OsString {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into())
}

fn pip(venv: &Utf8Path) -> Command {
    let mut command = Command::new(venv.join("bin/python"));
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    command
}

fn short_digest(file: &Utf8Path) -> anyhow::Result<String> {
    let digest = blake3::hash(&fs_err::read(file)?).to_hex();
    Ok(digest.chars().take(16).collect())
}
