//! Guest runtimes: each language's component, built when its inputs have changed, and its native code beside it.

mod command;
mod fuse;
mod go;
mod go_pack;
mod inputs;
mod python;
mod stamp;
mod typescript;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{output::say, workspace};

/// Arguments of `cargo xtask runtimes`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build even when nothing has changed, and check that building again gives the same bytes where that is promised.
    #[arg(long)]
    force: bool,

    /// Leave out the native code; the host then compiles it when it first needs it.
    #[arg(long)]
    no_native: bool,

    /// Build the runtime of this language only.
    #[arg(long)]
    only: Option<Language>,
}

/// A language with a runtime that is built here.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Language {
    Python,
    #[value(name = "typescript")]
    TypeScript,
    Go,
    /// What builds modules in Go where there is no Go.
    GoPack,
}

impl Language {
    const ALL: [Language; 4] = [Language::Python, Language::TypeScript, Language::Go, Language::GoPack];

    fn name(self) -> &'static str {
        match self {
            Language::Python => "Python",
            Language::TypeScript => "TypeScript",
            Language::Go => "Go",
            Language::GoPack => "Go toolchain's",
        }
    }

    /// Builds the components unless they are up to date, and returns those that get native code; none when this machine cannot
    /// build them.
    fn build(self, out_dir: &Utf8Path, force: bool) -> anyhow::Result<Vec<Utf8PathBuf>> {
        match self {
            Language::Python => python::build(out_dir, force).map(|component| vec![component]),
            Language::TypeScript => typescript::build(out_dir, force).map(|component| vec![component]),
            Language::Go => go::build(out_dir, force).map(|component| component.into_iter().collect()),
            Language::GoPack => go_pack::build(out_dir, force),
        }
    }
}

/// Builds what is out of date.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let out_dir = Utf8PathBuf::try_from(workspace::release_dir().join("runtimes"))?;
    fs_err::create_dir_all(&out_dir)?;
    for language in Language::ALL {
        if options.only.is_some_and(|only| only != language) {
            continue;
        }
        let components = language
            .build(&out_dir, options.force)
            .with_context(|| format!("cannot build the {} runtime", language.name()))?;
        if options.no_native {
            continue;
        }
        for component in components {
            let prepared = dockwright_runtime::aot::prepare(&component, &out_dir)?;
            let state = if prepared.kept { "is up to date" } else { "compiled" };
            say(format_args!("{} {state}", prepared.code));
        }
    }
    Ok(())
}
