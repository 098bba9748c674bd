//! Deleting what was not used for long. What goes is first moved aside, so that nobody finds half of it.

use super::KINDS;
use super::entry::{Entry, unlock};
use std::path::Path;
use std::time::Duration;

/// What was deleted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pruned {
    pub entries: usize,
    /// Bytes on disk.
    pub size: u64,
}

/// Deletes what was not used for `age`. The first failure ends it; what was moved aside by then is deleted all the same.
pub(crate) fn prune(cache: &Path, age: Duration) -> std::io::Result<Pruned> {
    let mut pruned = Pruned::default();
    if !cache.is_dir() {
        return Ok(pruned);
    }
    let aside = tempfile::Builder::new().prefix(".pruned-").tempdir_in(cache)?;
    let entries = KINDS.iter().flat_map(|kind| kind.entries(cache));
    for entry in entries.filter(|entry| entry.is_older(age)) {
        delete(&entry, &aside.path().join(pruned.entries.to_string()))?;
        pruned.entries += 1;
        pruned.size += entry.size;
    }
    aside.close()?;
    Ok(pruned)
}

fn delete(entry: &Entry, aside: &Path) -> std::io::Result<()> {
    unlock(&entry.path);
    match fs_err::rename(&entry.path, aside) {
        // Somebody else has deleted it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) if aside.is_dir() => fs_err::remove_dir_all(aside),
        Ok(()) => fs_err::remove_file(aside),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::time::SystemTime;

    const DAY: Duration = Duration::from_secs(24 * 3600);

    /// A file that was last used so many days ago.
    fn file(cache: &Path, name: &str, days: u32) {
        let path = cache.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "content").unwrap();
        let then = SystemTime::now() - DAY * days;
        for path in [path.as_path(), path.parent().unwrap()] {
            let times = std::fs::FileTimes::new().set_accessed(then).set_modified(then);
            std::fs::File::open(path).unwrap().set_times(times).unwrap();
        }
    }

    #[test]
    fn what_was_not_used_for_long_goes_and_all_else_stays() {
        let directory = tempfile::tempdir().unwrap();
        let cache = directory.path();
        for (name, days) in [
            ("definitions/old.json", 31),
            ("definitions/new.json", 29),
            ("native/abc/old.cwasm", 31),
            ("native/abc/old.lock", 31),
            ("native/abc/snapshots/old.cwasm", 31),
            ("native/abc/snapshots/old.uses", 31),
            ("native/abc/snapshots/new.uses", 29),
            ("artifacts/blobs/sha256/old", 40),
            ("bundles/blobs/new", 1),
            ("git/checkouts/old/commit/file", 60),
            ("git/checkouts/used/commit/file", 60),
            ("git/checkouts/used/other/file", 2),
            ("somebody/elses", 100),
        ] {
            file(cache, name, days);
        }
        let commit = cache.join("git/checkouts/old/commit");
        std::fs::set_permissions(&commit, std::fs::Permissions::from_mode(0o555)).unwrap();
        // The folder itself is as old as its oldest file, not as its making.
        file(cache, "git/checkouts/old/record", 60);
        let pruned = prune(cache, DAY * 30).unwrap();
        assert_eq!(pruned.entries, 6);
        assert!(pruned.size > 0);
        let left = |name: &str| cache.join(name).exists();
        for gone in [
            "definitions/old.json",
            "native/abc/old.cwasm",
            "native/abc/snapshots/old.cwasm",
            "native/abc/snapshots/old.uses",
            "artifacts/blobs/sha256/old",
            "git/checkouts/old",
        ] {
            assert!(!left(gone), "{gone}");
        }
        for kept in [
            "definitions/new.json",
            "native/abc/old.lock",
            "native/abc/snapshots/new.uses",
            "bundles/blobs/new",
            "git/checkouts/used/commit/file",
            "somebody/elses",
        ] {
            assert!(left(kept), "{kept}");
        }
        assert_eq!(prune(cache, DAY * 30).unwrap(), Pruned::default());
        prune(cache, Duration::ZERO).unwrap();
        assert!(!left("definitions/new.json") && !left("git/checkouts/used") && left("somebody/elses"));
        assert!(
            !std::fs::read_dir(cache).unwrap().any(|entry| entry
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with('.'))
        );
    }

    #[test]
    fn there_may_be_nothing() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(prune(&directory.path().join("none"), DAY).unwrap(), Pruned::default());
    }
}
