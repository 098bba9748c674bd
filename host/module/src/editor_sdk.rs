//! The `sdk/` folder beside a module's source: what editors and type checkers read. Modules never run it; the runtime has its own copy.

use crate::error::ModuleError;
use rust_embed::RustEmbed;
use std::path::Path;

/// The Python package that modules import.
#[derive(RustEmbed)]
#[folder = "../../sdk-python/src"]
#[exclude = "*.pyc"]
struct PythonSdk;

/// Named as Dagger's package, so that the dependency that modules declare is met by this folder.
const PYPROJECT: &str = r#"[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "dagger-io"
version = "0.21.8"
description = "The SDK of dockwright modules, for editors"
requires-python = ">=3.10"
dependencies = ["anyio>=4.9", "typing_extensions>=4.13"]

[tool.hatch.build.targets.wheel]
packages = ["src/dagger"]
"#;

/// Writes the folder, over what an older version wrote. Files that are as they should be are left alone.
///
/// # Errors
/// The folder cannot be written.
pub fn write_editor_sdk(source: &Path) -> Result<(), ModuleError> {
    let root = source.join("sdk");
    write_if_changed(&root.join("pyproject.toml"), PYPROJECT.as_bytes())?;
    for name in PythonSdk::iter() {
        if let Some(file) = PythonSdk::get(&name) {
            write_if_changed(&root.join("src").join(name.as_ref()), &file.data)?;
        }
    }
    Ok(())
}

fn write_if_changed(path: &Path, content: &[u8]) -> Result<(), ModuleError> {
    if std::fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs_err::create_dir_all(parent)?;
    }
    Ok(fs_err::write(path, content)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_a_package_with_the_whole_sdk() {
        let directory = tempfile::tempdir().unwrap();
        write_editor_sdk(directory.path()).unwrap();
        write_editor_sdk(directory.path()).unwrap();
        for file in [
            "sdk/pyproject.toml",
            "sdk/src/dagger/__init__.py",
            "sdk/src/dagger/client/gen.py",
        ] {
            assert!(directory.path().join(file).metadata().unwrap().len() > 100, "{file}");
        }
    }
}
