//! What editors, `go vet` and `go build` read of a Go module beside its source: the client and the generated part of package main.

use super::write_if_changed;
use crate::error::ModuleError;
use dockwright_go::Introspected;
use std::path::Path;

/// Writes `internal/dagger/` and `dagger.gen.go`, and what else is generated, by its path in the source: the bindings of dependencies. Those of
/// modules that it no longer depends on are deleted. A call reads none of it; it makes its own.
///
/// # Errors
/// The folder cannot be written.
pub fn write_go_sdk(
    source: &Path,
    introspected: &Introspected,
    generated: &[(String, String)],
) -> Result<(), ModuleError> {
    remove_old(&source.join("internal/dagger"), source, generated)?;
    if let Some(client) = introspected.client() {
        let folder = source.join("internal/dagger");
        for file in dockwright_go::sdk_files(client) {
            write_if_changed(&folder.join(&file.path), file.text.as_bytes())?;
        }
    }
    for (name, text) in introspected
        .generated
        .iter()
        .chain(generated.iter().map(|(name, text)| (name, text)))
    {
        write_if_changed(&source.join(name), text.as_bytes())?;
    }
    Ok(())
}

fn remove_old(folder: &Path, source: &Path, generated: &[(String, String)]) -> Result<(), ModuleError> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        let is_binding = path.to_string_lossy().ends_with(".gen.go") && !path.ends_with("dagger.gen.go");
        if is_binding && !generated.iter().any(|(name, _)| source.join(name) == path) {
            fs_err::remove_file(path)?;
        }
    }
    Ok(())
}
