//! The user's cargo.

use crate::error::RustError;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What modules are compiled for: no operating system, so no imports but the module's own.
const TARGET: &str = "wasm32-unknown-unknown";

/// A line of cargo's messages (`cargo build --message-format=json`).
#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

/// Builds the package in `source`; gives the WebAssembly module.
pub(crate) fn build(source: &Path, target: &Path) -> Result<PathBuf, RustError> {
    let output = Command::new("cargo")
        .args(["build", "--release", "--lib", "--target", TARGET])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(source)
        .env("CARGO_TARGET_DIR", target)
        // What a build of something else around us may have set.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => RustError::NoCargo,
            _ => RustError::Io(error),
        })?;
    if !output.status.success() {
        return Err(told(&String::from_utf8_lossy(&output.stderr)));
    }
    library(&String::from_utf8_lossy(&output.stdout)).ok_or(RustError::NoLibrary)
}

/// The last dynamic library that cargo tells of: the package's own comes after those that it depends on.
fn library(messages: &str) -> Option<PathBuf> {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let libraries = messages.filter(|message| {
        let is_library = |target: &Target| target.kind.iter().any(|kind| kind == "cdylib");
        message.reason == "compiler-artifact" && message.target.as_ref().is_some_and(is_library)
    });
    let mut files = libraries.flat_map(|message| message.filenames);
    files.rfind(|file| file.extension().is_some_and(|extension| extension == "wasm"))
}

/// What the compiler says, without cargo's lines about its work.
fn told(stderr: &str) -> RustError {
    if stderr.contains(&format!("`{TARGET}` target may not be installed")) {
        return RustError::NoTarget;
    }
    let work = [
        "Updating ",
        "Locking ",
        "Adding ",
        "Downloading ",
        "Downloaded ",
        "Compiling ",
        "Blocking ",
    ];
    let lines: Vec<&str> = stderr
        .lines()
        .filter(|line| !work.iter().any(|word| line.trim_start().starts_with(word)))
        .collect();
    RustError::Compile(lines.join("\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::{library, told};
    use std::path::Path;

    #[test]
    fn the_packages_own_library_is_found() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","target":{"kind":["lib"]},"filenames":["/t/libserde.rlib"]}"#,
            "\nnot json\n",
            r#"{"reason":"compiler-artifact","target":{"kind":["cdylib"]},"filenames":["/t/hello.wasm"]}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        assert_eq!(library(messages).unwrap(), Path::new("/t/hello.wasm"));
        assert_eq!(library(r#"{"reason":"build-finished"}"#), None);
    }

    #[test]
    fn errors_are_the_compilers() {
        let text = "    Updating index\n   Compiling a v1\nerror[E0425]: cannot find value `x`\n --> src/lib.rs:3:5\n";
        assert_eq!(
            told(text).to_string(),
            "error[E0425]: cannot find value `x`\n --> src/lib.rs:3:5"
        );
        let missing = "error[E0463]: can't find crate for `core`\n  = note: the `wasm32-unknown-unknown` target may not be installed";
        assert!(told(missing).to_string().contains("rustup target add"));
    }
}
