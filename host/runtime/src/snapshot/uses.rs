//! How often a module was called: a snapshot of source that is edited after every call would never be used.

use camino::Utf8Path;
use std::io::{Seek, Write};

/// The use after which a snapshot is made. It is tried again whenever there are twice as many.
const DUE: u64 = 2;

/// Notes a use of what the file is for, and whether it is time to make a snapshot of it. Never, where the file cannot be written.
pub(crate) fn is_due(file: &Utf8Path) -> bool {
    let noted = || -> std::io::Result<u64> {
        let mut file = std::fs::File::options().create(true).append(true).open(file)?;
        file.write_all(b".")?;
        // Where this byte went, whoever wrote since: no two uses have the same number.
        file.stream_position()
    };
    noted().is_ok_and(|uses| uses >= DUE && uses.is_power_of_two())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    #[test]
    fn the_second_use_is_the_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = Utf8Path::from_path(folder.path()).unwrap().join("key.uses");
        let due: Vec<u64> = (1..=40).filter(|_| is_due(&file)).collect();
        assert_eq!(due, [2, 4, 8, 16, 32]);
        assert!(!is_due(Utf8Path::new("/no/such/folder/key.uses")));
    }

    #[test]
    fn of_uses_at_the_same_time_one_is_the_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = Utf8Path::from_path(folder.path()).unwrap().join("key.uses");
        let due = std::thread::scope(|scope| {
            let uses: Vec<_> = (0..3).map(|_| scope.spawn(|| is_due(&file))).collect();
            uses.into_iter()
                .map(|each| each.join().unwrap())
                .filter(|due| *due)
                .count()
        });
        assert_eq!(due, 1);
    }
}
