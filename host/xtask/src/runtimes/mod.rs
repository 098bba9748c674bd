//! Guest runtimes: each language's component, built when its inputs have changed, and its native code beside it.

mod inputs;
mod python;
mod stamp;

use anyhow::Context;
use camino::Utf8PathBuf;

use crate::{output::say, workspace};

/// Arguments of `cargo xtask runtimes`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build even when nothing has changed.
    #[arg(long)]
    force: bool,

    /// Leave out the native code; the host then compiles it when it first needs it.
    #[arg(long)]
    no_native: bool,
}

/// Builds what is out of date.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let out_dir = Utf8PathBuf::try_from(workspace::release_dir().join("runtimes"))?;
    fs_err::create_dir_all(&out_dir)?;
    let component = python::build(&out_dir, options.force).context("cannot build the Python runtime")?;
    if !options.no_native {
        let prepared = dockwright_runtime::aot::prepare(&component, &out_dir)?;
        let state = if prepared.kept { "is up to date" } else { "compiled" };
        say(format_args!("{} {state}", prepared.code));
    }
    Ok(())
}
