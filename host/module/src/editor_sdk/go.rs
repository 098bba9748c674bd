//! What editors, `go vet` and `go build` read of a Go module beside its source: the client and the generated part of package main.

use super::write_if_changed;
use crate::error::ModuleError;
use dockwright_go::Introspected;
use std::path::Path;

/// Writes `internal/dagger/` and `dagger.gen.go`. A call reads neither; it makes its own.
///
/// # Errors
/// The folder cannot be written.
pub fn write_go_sdk(source: &Path, introspected: &Introspected) -> Result<(), ModuleError> {
    if let Some(client) = introspected.client() {
        let folder = source.join("internal/dagger");
        for file in dockwright_go::sdk_files(client) {
            write_if_changed(&folder.join(&file.path), file.text.as_bytes())?;
        }
    }
    for (name, text) in &introspected.generated {
        write_if_changed(&source.join(name), text.as_bytes())?;
    }
    Ok(())
}
