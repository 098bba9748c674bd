//! Where a module and its context are on disk.

use crate::error::ModuleError;
use crate::manifest::FILE_NAME;
use std::path::{Path, PathBuf};

/// The manifest of the module at `start` or in a directory above it, up to the git repository's root (or the file system's).
pub fn find_manifest(start: &Path) -> Result<PathBuf, ModuleError> {
    let start = fs_err::canonicalize(start)?;
    for directory in start.ancestors() {
        let candidate = directory.join(FILE_NAME);
        if candidate.is_file() {
            return Ok(candidate);
        }
        if directory.join(".git").exists() {
            break;
        }
    }
    Err(ModuleError::NotFound { start })
}

/// The module's context: the root of the git repository that it is in, else its own directory.
pub fn context_root(module: &Path) -> PathBuf {
    module
        .ancestors()
        .find(|directory| directory.join(".git").exists())
        .unwrap_or(module)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_goes_up_to_the_repository() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let inner = root.join("repo/module/src/deep");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::create_dir(root.join("repo/.git")).unwrap();
        std::fs::write(root.join("dagger.json"), "{}").unwrap();
        assert!(matches!(find_manifest(&inner), Err(ModuleError::NotFound { .. })));
        std::fs::write(root.join("repo/module/dagger.json"), "{}").unwrap();
        assert_eq!(find_manifest(&inner).unwrap(), root.join("repo/module/dagger.json"));
        assert_eq!(context_root(&root.join("repo/module")), root.join("repo"));
    }
}
