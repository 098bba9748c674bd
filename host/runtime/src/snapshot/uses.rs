//! How often a module was called: a snapshot of source that is edited after every call would never be used.

use camino::Utf8Path;
use std::io::Write;

/// The use at which a snapshot is made, and after how many more it is tried again.
const DUE: u64 = 3;
const AGAIN: u64 = 32;

/// Notes a use of what the file is for, and whether it is time to make a snapshot of it. Never, where the file cannot be written.
pub(crate) fn is_due(file: &Utf8Path) -> bool {
    let noted = || -> std::io::Result<u64> {
        let mut file = std::fs::File::options().create(true).append(true).open(file)?;
        file.write_all(b".")?;
        Ok(file.metadata()?.len())
    };
    noted().is_ok_and(|uses| uses % AGAIN == DUE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    #[test]
    fn the_third_use_is_the_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = Utf8Path::from_path(folder.path()).unwrap().join("key.uses");
        let due: Vec<u64> = (1..=40).filter(|_| is_due(&file)).collect();
        assert_eq!(due, [3, 35]);
        assert!(!is_due(Utf8Path::new("/no/such/folder/key.uses")));
    }
}
