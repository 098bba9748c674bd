//! Whether a module's source is still what it was, told by the times that the file system notes.

use crate::digest::NOT_SOURCE;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// File systems note times by a clock that lags behind.
const LAG: Duration = Duration::from_millis(20);

/// Whether nothing below the source's root was made, changed or taken away since that time. In doubt it was.
pub fn is_untouched(root: &Path, since: SystemTime) -> bool {
    let Some(since) = since.checked_sub(LAG) else {
        return false;
    };
    let mut pending = vec![root.to_owned()];
    while let Some(path) = pending.pop() {
        let Ok(metadata) = fs_err::symlink_metadata(&path) else {
            return false;
        };
        if changed(&metadata).is_none_or(|changed| changed >= since) {
            return false;
        }
        if metadata.is_dir() {
            let Ok(entries) = fs_err::read_dir(&path) else {
                return false;
            };
            for entry in entries {
                let Ok(entry) = entry else { return false };
                if !NOT_SOURCE.iter().any(|skipped| entry.file_name() == *skipped) {
                    pending.push(entry.path());
                }
            }
        }
    }
    true
}

/// The time of change, which no program can set back.
fn changed(metadata: &std::fs::Metadata) -> Option<SystemTime> {
    let (seconds, nanoseconds) = (metadata.ctime(), metadata.ctime_nsec());
    UNIX_EPOCH.checked_add(Duration::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_source_shows_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["src/ci", ".git"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        for name in ["src/ci/main.py", "src/ci/old.py"] {
            std::fs::write(root.join(name), "").unwrap();
        }
        let settled = || {
            std::thread::sleep(LAG * 2);
            SystemTime::now()
        };
        let since = settled();
        std::fs::write(root.join(".git/index"), "").unwrap();
        assert!(is_untouched(root, since));
        std::fs::write(root.join("src/ci/main.py"), "x = 1").unwrap();
        assert!(!is_untouched(root, since), "changed");
        let since = settled();
        assert!(is_untouched(root, since));
        std::fs::write(root.join("src/ci/new.py"), "").unwrap();
        assert!(!is_untouched(root, since), "made");
        let since = settled();
        std::fs::remove_file(root.join("src/ci/old.py")).unwrap();
        assert!(!is_untouched(root, since), "taken away");
        assert!(!is_untouched(&root.join("nowhere"), since));
    }
}
