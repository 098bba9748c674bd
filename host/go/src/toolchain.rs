//! What builds modules: the user's Go, found on `PATH`, else the toolchain pack of the installation.

use crate::error::GoError;
use crate::pack::Manifest;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Go toolchain. Two that are equal build the same; to tell, nothing is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Toolchain {
    /// A Go on this machine.
    Local(LocalGo),
    /// Go's tools in WebAssembly.
    Pack(Packed),
}

/// A Go on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalGo {
    program: PathBuf,
    size: u64,
    modified_ns: i128,
}

/// The toolchain pack of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    digest: String,
}

impl Toolchain {
    /// The Go on `PATH`, else the pack among the `runtimes`, else none. `choice` comes before: `pack`, or the path of a `go`;
    /// `variable` is where it stands, for errors.
    ///
    /// # Errors
    /// What was chosen is not there, or the pack is damaged.
    pub fn find(variable: &'static str, choice: Option<&OsStr>, runtimes: &Path) -> Result<Option<Toolchain>, GoError> {
        let packed = || {
            let manifest = Manifest::read(runtimes)?;
            Ok::<_, GoError>(manifest.map(|manifest| {
                Toolchain::Pack(Packed {
                    digest: manifest.digest(),
                })
            }))
        };
        let Some(choice) = choice else {
            return match LocalGo::on_path() {
                Some(go) => Ok(Some(Toolchain::Local(go))),
                None => packed(),
            };
        };
        let found = if choice == "pack" {
            packed()?
        } else {
            LocalGo::at(Path::new(choice)).map(Toolchain::Local)
        };
        let missing = || GoError::NoSuchGo {
            variable,
            wanted: choice.to_string_lossy().into_owned(),
        };
        found.map(Some).ok_or_else(missing)
    }

    /// Of which kind it is. What is built with each is kept apart.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Toolchain::Local(_) => "local",
            Toolchain::Pack(_) => "pack",
        }
    }

    /// All kinds.
    pub(crate) const KINDS: [&str; 2] = ["local", "pack"];
}

impl Packed {
    /// What the pack is, as it lies among the runtimes now.
    pub(crate) fn manifest(&self, runtimes: &Path) -> Result<Manifest, GoError> {
        match Manifest::read(runtimes)? {
            Some(manifest) if manifest.digest() == self.digest => Ok(manifest),
            Some(_) => Err(GoError::Pack("it was replaced while it was used".to_owned())),
            None => Err(GoError::NoGo),
        }
    }
}

impl LocalGo {
    fn on_path() -> Option<LocalGo> {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find_map(|directory| LocalGo::at(&directory.join("go")))
    }

    fn at(program: &Path) -> Option<LocalGo> {
        let program = program.canonicalize().ok()?;
        let stat = program.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Some(LocalGo {
            size: stat.size(),
            modified_ns: i128::from(stat.mtime()) * 1_000_000_000 + i128::from(stat.mtime_nsec()),
            program,
        })
    }

    /// Compiles package main in the folder into a core module. What decides the output is set; where Go keeps and gets
    /// packages is the user's.
    pub(crate) fn build(&self, folder: &Path, output: &Path) -> Result<(), GoError> {
        let result = Command::new(&self.program)
            .args([
                "build",
                "-trimpath",
                "-buildvcs=false",
                "-buildmode=c-shared",
                "-ldflags=-w",
                "-o",
            ])
            .arg(output)
            .arg(".")
            .current_dir(folder)
            .env("GOOS", "wasip1")
            .env("GOARCH", "wasm")
            .env("CGO_ENABLED", "0")
            .env("GOWORK", "off")
            .env("GOFLAGS", "")
            .env_remove("GOWASM")
            .env_remove("GOEXPERIMENT")
            .output()
            .map_err(|source| GoError::Start {
                program: self.program.clone(),
                source,
            })?;
        if result.status.success() {
            return Ok(());
        }
        Err(GoError::Compile(told(&String::from_utf8_lossy(&result.stderr), folder)))
    }
}

/// What Go says, with paths relative to the module's source and without the headings of packages.
pub(crate) fn told(output: &str, folder: &Path) -> String {
    let inside = format!("{}/", folder.display());
    let lines: Vec<String> = output
        .lines()
        .filter(|line| !line.starts_with("# "))
        .map(|line| {
            let line = line.replace(&inside, "");
            line.strip_prefix("./").unwrap_or(&line).to_owned()
        })
        .collect();
    match lines.join("\n").trim() {
        "" => "`go build` failed and said nothing".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_modules_own_files() {
        let output = "# dagger/ci\n./main.go:12:9: undefined: x\n/cache/build/internal/a.go:1:2: y\n";
        assert_eq!(
            told(output, Path::new("/cache/build")),
            "main.go:12:9: undefined: x\ninternal/a.go:1:2: y"
        );
        assert_eq!(
            told("# dagger/ci\n", Path::new("/")),
            "`go build` failed and said nothing"
        );
    }
}
