//! Modules that are components already, made by whatever tools.

use crate::error::ModuleError;
use std::path::{Path, PathBuf};

/// The one component in the module's source.
pub(crate) fn find(source: &Path) -> Result<PathBuf, ModuleError> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir(source)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            found.push(path);
        }
    }
    match <[PathBuf; 1]>::try_from(found) {
        Ok([component]) => Ok(component),
        Err(found) => Err(ModuleError::Invalid {
            path: source.to_owned(),
            message: format!(
                "a module of the SDK `component` has one `.wasm` file in its `source`, this one has {}",
                found.len()
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::find;

    #[test]
    fn there_must_be_one() {
        let source = tempfile::tempdir().unwrap();
        assert!(find(source.path()).unwrap_err().to_string().ends_with("has 0"));
        let component = source.path().join("tools.wasm");
        std::fs::write(&component, "").unwrap();
        std::fs::write(source.path().join("README.md"), "").unwrap();
        assert_eq!(find(source.path()).unwrap(), component);
        std::fs::write(source.path().join("other.wasm"), "").unwrap();
        assert!(find(source.path()).unwrap_err().to_string().ends_with("has 2"));
    }
}
