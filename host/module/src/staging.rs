//! Folders of the cache that appear whole or not at all, whichever process makes them first.

use std::path::Path;
use tempfile::TempDir;

/// Gives a finished folder its place. Where another process was faster, its folder stays and this one is removed.
///
/// # Errors
/// It cannot be renamed.
pub(crate) fn place(staging: TempDir, target: &Path) -> std::io::Result<()> {
    match fs_err::rename(staging.path(), target) {
        Ok(()) => {
            // The directory has moved: there is nothing left to remove under its old name.
            let _moved = staging.keep();
            Ok(())
        }
        Err(_) if target.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_one_stays() {
        let cache = tempfile::tempdir().unwrap();
        let target = cache.path().join("packages");
        for content in ["first", "second"] {
            let staging = tempfile::tempdir_in(cache.path()).unwrap();
            std::fs::write(staging.path().join("file"), content).unwrap();
            place(staging, &target).unwrap();
        }
        assert_eq!(std::fs::read_to_string(target.join("file")).unwrap(), "first");
        assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 1);
    }
}
