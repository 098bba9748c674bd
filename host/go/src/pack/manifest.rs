//! What the pack of an installation is: a JSON file beside it.

use crate::error::GoError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Version of the form of manifest and archive.
pub const FORMAT: u32 = 1;
/// The manifest's file among the runtimes of an installation.
pub const MANIFEST: &str = "go-pack.json";
/// The archive beside it: `std/` and `client/` with compiled packages by import path, `include/` with headers for assembly.
pub const ARCHIVE: &str = "go-pack.tar.zst";
/// Module path under which the client is compiled; its packages are `module/internal/dagger` and below.
pub const CLIENT_MODULE: &str = "module";

/// A toolchain that needs no Go: programs in WebAssembly and compiled packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The Go that it was made from, `go1.26.8`.
    pub go: String,
    /// blake3 of the archive, hex.
    pub archive: String,
    /// blake3 of the programs' components, hex, by their names (`go-compile`).
    pub tools: BTreeMap<String, String>,
    /// Import paths of the standard library, sorted.
    pub standard: Vec<String>,
    /// Import paths of the client, sorted.
    pub client: Vec<String>,
    /// Runtime settings that a program gets by the version in its `go.mod`: the version's second number, then the settings.
    pub debug_defaults: BTreeMap<u32, String>,
}

impl Manifest {
    /// The manifest of an installation; none when the installation has no pack.
    ///
    /// # Errors
    /// It cannot be read, or is that of another version of dockwright.
    pub(crate) fn read(runtimes: &Path) -> Result<Option<Manifest>, GoError> {
        let path = runtimes.join(MANIFEST);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(GoError::Pack(format!("cannot read {}: {error}", path.display()))),
        };
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| GoError::Pack(format!("{} is damaged: {error}", path.display())))?;
        if manifest.format == FORMAT {
            Ok(Some(manifest))
        } else {
            Err(GoError::Pack(format!(
                "{} has form {}, and this dockwright reads form {FORMAT}",
                path.display(),
                manifest.format
            )))
        }
    }

    /// Changes with everything that decides what is built.
    pub(crate) fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.go, &self.archive].into_iter().chain(self.tools.values()) {
            hasher.update(part.as_bytes()).update(b"\0");
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Second number of the version: 26 for `go1.26.8`.
    pub(crate) fn minor(&self) -> u32 {
        let rest = self.go.strip_prefix("go1.").unwrap_or_default();
        let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    pub(crate) fn is_standard(&self, path: &str) -> bool {
        self.standard.binary_search_by(|known| known.as_str().cmp(path)).is_ok()
    }
}
