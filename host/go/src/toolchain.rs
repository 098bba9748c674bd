//! The Go that builds modules: the user's, found on `PATH`.

use crate::error::GoError;
use serde::{Deserialize, Serialize};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Go toolchain. Two that are equal build the same; to tell, nothing is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    program: PathBuf,
    size: u64,
    modified_ns: i128,
}

impl Toolchain {
    /// The Go on `PATH`, if there is one.
    pub fn find() -> Option<Toolchain> {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find_map(|directory| Toolchain::at(&directory.join("go")))
    }

    fn at(program: &Path) -> Option<Toolchain> {
        let program = program.canonicalize().ok()?;
        let stat = program.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Some(Toolchain {
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
                "-ldflags=-s -w",
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
fn told(output: &str, folder: &Path) -> String {
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
