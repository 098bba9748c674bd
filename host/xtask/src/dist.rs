//! The runtimes of an installation for another platform than the one that builds it: components, and native code for that platform.

use crate::{output::say, workspace};
use anyhow::Context;
use camino::Utf8PathBuf;
use dockwright_go::pack;
use dockwright_runtime::aot::prepare_for;

/// Arguments of `cargo xtask dist`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The platform's triple, such as x86_64-unknown-linux-musl.
    #[arg(long)]
    platform: String,

    /// The installation's folder; the runtimes go into `runtimes` in it.
    #[arg(long)]
    out: Utf8PathBuf,
}

/// Copies every runtime that `cargo xtask runtimes` has built, and makes native code of those that have it here: the others are
/// parts of what is compiled later.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let built = Utf8PathBuf::try_from(workspace::release_dir().join("runtimes"))?;
    let out = options.out.join("runtimes");
    fs_err::create_dir_all(&out)?;
    let entries = built.read_dir_utf8().with_context(|| format!("cannot list {built}"))?;
    for entry in entries {
        let component = entry?.into_path();
        if component.extension() == Some("wasm") {
            let copy = out.join(component.file_name().unwrap_or_default());
            fs_err::copy(&component, &copy)?;
            if !component.with_extension("cwasm").is_file() {
                continue;
            }
            let prepared = prepare_for(&options.platform, &copy, &out)?;
            say(format_args!("{}", prepared.code));
        }
    }
    for part in [pack::ARCHIVE, pack::MANIFEST] {
        if built.join(part).is_file() {
            fs_err::copy(built.join(part), out.join(part))?;
        } else {
            say(format_args!(
                "there is no {part}: modules in Go will need a Go where they are built"
            ));
        }
    }
    Ok(())
}
