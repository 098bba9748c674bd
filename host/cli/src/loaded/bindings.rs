//! Bindings of a module's dependencies for the runtime of Python: a package in the cache, mounted beside the module's source.

use crate::error::CliError;
use dockwright_codegen::{CodegenError, python};
use dockwright_schema::VisibleModule;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder with bindings.
pub(super) struct Bindings {
    /// The folder.
    pub(super) folder: PathBuf,
    /// Digest of what is in it, as hex.
    pub(super) digest: String,
}

/// The package, whose files the SDK loads before the module, and the one file in it.
const FILE: &str = "dagger_dependencies/bindings.py";

/// Writes the bindings unless they are there. The folder is named by its content, so that it never changes.
pub(super) fn write(directory: &Path, module: &str, dependencies: &[VisibleModule]) -> Result<Bindings, CliError> {
    let text = python::dependencies(dependencies).map_err(|error| refused(module, &error))?;
    let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    let folder = directory.join(&digest);
    let file = folder.join(FILE);
    if !file.is_file() {
        let parent = file.parent().unwrap_or(&folder);
        fs_err::create_dir_all(parent)?;
        let mut made = tempfile::NamedTempFile::new_in(&folder)?;
        made.write_all(text.as_bytes())?;
        made.persist(&file).map_err(|error| error.error)?;
    }
    Ok(Bindings { folder, digest })
}

/// The error for a definition that a language has no bindings for.
pub(super) fn refused(module: &str, error: &CodegenError) -> CliError {
    CliError::Load {
        module: module.to_owned(),
        message: format!("there are no bindings for its dependencies: {error}"),
    }
}
