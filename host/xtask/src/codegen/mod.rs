//! Files that are generated and checked in: written, or compared with what is there.

mod core_tables;
mod schema_file;

use std::path::PathBuf;

use anyhow::{Context, bail};
use dockwright_codegen::{go, python, typescript};

use crate::{output::say, workspace};

/// Arguments of `cargo xtask codegen`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail when a file differs from what would be written.
    #[arg(long)]
    check: bool,
}

/// Writes or checks every generated file.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let mut stale = Vec::new();
    for (path, text) in files()? {
        let shown = path
            .strip_prefix(workspace::root())
            .unwrap_or(&path)
            .display()
            .to_string();
        if fs_err::read_to_string(&path).is_ok_and(|current| current == text) {
            continue;
        }
        if options.check {
            stale.push(shown);
        } else {
            if let Some(parent) = path.parent() {
                fs_err::create_dir_all(parent)?;
            }
            fs_err::write(&path, text)?;
            say(format_args!("wrote {shown}"));
        }
    }
    if !stale.is_empty() {
        bail!("out of date: {}; run `cargo xtask codegen`", stale.join(", "));
    }
    Ok(())
}

fn files() -> anyhow::Result<Vec<(PathBuf, String)>> {
    let root = workspace::root();
    let schema = root.join("host/schema/core.graphql");
    let types = schema_file::read(&fs_err::read_to_string(&schema)?)
        .with_context(|| format!("cannot read the core API from {}", schema.display()))?;
    Ok(vec![
        (
            root.join("host/schema/src/core_types/generated.rs"),
            core_tables::render(types),
        ),
        (root.join("sdk-go/dagger/dagger.gen.go"), go::core(types)?),
        (root.join("sdk-python/src/dagger/client/gen.py"), python::core(types)?),
        (root.join("sdk-typescript/src/client.gen.ts"), typescript::core(types)?),
    ])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn generated_files_are_up_to_date() {
        run(&Options { check: true }).unwrap();
    }
}
