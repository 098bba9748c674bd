//! Compiled packages of the pack: the standard library, and the client as modules import it.

use std::collections::BTreeMap;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use super::Go;
use crate::output::say;

/// Module of the client's packages. The paths in their frames follow from it, and those of a module's own files are made to
/// match, so that the client finds where the module's files are.
const MODULE: &str = dockwright_go::pack::CLIENT_MODULE;

/// What goes into the archive.
pub(super) struct Packages {
    /// Files by their path in the archive.
    pub(super) files: BTreeMap<String, Utf8PathBuf>,
    /// Import paths of the standard library.
    pub(super) standard: Vec<String>,
    /// Import paths of the client.
    pub(super) client: Vec<String>,
    /// Runtime settings that a program gets by the version in its `go.mod`: the version's second number, then the settings.
    pub(super) debug_defaults: BTreeMap<u32, String>,
}

pub(super) fn build(go: &Go, work: &Utf8Path) -> anyhow::Result<Packages> {
    say("compiling Go's standard library and the client for WebAssembly");
    let mut files = BTreeMap::new();
    let standard = add(&mut files, "std", list(go, &go.root.join("src"), "std")?);
    let client_dir = client(work)?;
    let inside = |(path, _): &(String, Utf8PathBuf)| path.starts_with(MODULE);
    let compiled = list(go, &client_dir, "./...")?.into_iter().filter(inside).collect();
    let client = add(&mut files, "client", compiled);
    anyhow::ensure!(!client.is_empty(), "`go list` has compiled no package of the client");
    let headers = go.root.join("pkg/include");
    for entry in headers.read_dir_utf8()? {
        let entry = entry?;
        files.insert(format!("include/{}", entry.file_name()), entry.into_path());
    }
    Ok(Packages {
        files,
        standard,
        client,
        debug_defaults: debug_defaults(go, work)?,
    })
}

fn add(files: &mut BTreeMap<String, Utf8PathBuf>, folder: &str, packages: Vec<(String, Utf8PathBuf)>) -> Vec<String> {
    let mut paths = Vec::new();
    for (path, archive) in packages {
        files.insert(format!("{folder}/{path}.a"), archive);
        paths.push(path);
    }
    paths.sort();
    paths
}

/// Packages with what they import, compiled. Packages that are only tests have nothing.
fn list(go: &Go, folder: &Utf8Path, pattern: &str) -> anyhow::Result<Vec<(String, Utf8PathBuf)>> {
    let format = "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}";
    let output = go
        .command(&["list", "-trimpath", "-export", "-deps", "-f", format, pattern])
        .current_dir(folder)
        .output()
        .context("cannot start go")?;
    anyhow::ensure!(
        output.status.success(),
        "`go list` failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout)?;
    let pair = |line: &str| line.split_once('\t').map(|(path, file)| (path.to_owned(), file.into()));
    Ok(text.lines().filter_map(pair).collect())
}

/// The client as it lies in a module.
fn client(work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let folder = work.join("client");
    if folder.exists() {
        fs_err::remove_dir_all(&folder)?;
    }
    let import = format!("{MODULE}/internal/dagger");
    for file in dockwright_go::sdk_files(&import) {
        let path = folder.join("internal/dagger").join(&file.path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent)?;
        }
        fs_err::write(path, file.text)?;
    }
    fs_err::write(folder.join("go.mod"), format!("module {MODULE}\n\ngo 1.24\n"))?;
    Ok(folder)
}

fn debug_defaults(go: &Go, work: &Utf8Path) -> anyhow::Result<BTreeMap<u32, String>> {
    let folder = work.join("debug-defaults");
    fs_err::create_dir_all(&folder)?;
    fs_err::write(folder.join("main.go"), "package main\n\nfunc main() {}\n")?;
    let newest = go
        .version
        .strip_prefix("go1.")
        .and_then(|rest| rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok())
        .with_context(|| format!("the version of Go is unknown: {}", go.version))?;
    let mut defaults = BTreeMap::new();
    for minor in 20..=newest {
        fs_err::write(folder.join("go.mod"), format!("module m\n\ngo 1.{minor}\n"))?;
        let output = go
            .command(&["list", "-f", "{{.DefaultGODEBUG}}", "."])
            .current_dir(&folder)
            .output()?;
        anyhow::ensure!(output.status.success(), "`go list` failed for go 1.{minor}");
        defaults.insert(minor, String::from_utf8(output.stdout)?.trim().to_owned());
    }
    Ok(defaults)
}
