//! One thing in the cache: how large it is, and when it was last used.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A file, or a folder with everything in it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub path: PathBuf,
    /// Bytes on disk.
    pub size: u64,
    /// When something of it was last read or written. File systems that do not note reads tell the latter.
    pub used: SystemTime,
}

impl Entry {
    /// Looks at it; none when it has gone.
    pub(super) fn read(path: PathBuf) -> Option<Entry> {
        let mut entry = Entry {
            size: 0,
            used: SystemTime::UNIX_EPOCH,
            path: path.clone(),
        };
        let mut left = vec![path];
        while let Some(path) = left.pop() {
            let Ok(stat) = std::fs::symlink_metadata(&path) else {
                continue;
            };
            entry.count(&stat);
            if stat.is_dir() {
                let inner = std::fs::read_dir(&path).into_iter().flatten().flatten();
                left.extend(inner.map(|child| child.path()));
            }
        }
        (entry.used > SystemTime::UNIX_EPOCH).then_some(entry)
    }

    fn count(&mut self, stat: &Metadata) {
        self.size += stat.blocks() * 512;
        // Listing a folder, as is done here, counts as reading it.
        let accessed = stat.accessed().ok().filter(|_| !stat.is_dir());
        for time in [accessed, stat.modified().ok()].into_iter().flatten() {
            self.used = self.used.max(time);
        }
    }

    /// Whether it was not used for that long.
    pub(crate) fn is_older(&self, age: Duration) -> bool {
        SystemTime::now()
            .duration_since(self.used)
            .is_ok_and(|since| since >= age)
    }
}

/// Makes folders writable, so that what is in them can be deleted: files of commits are kept read-only.
pub(super) fn unlock(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(stat) = std::fs::symlink_metadata(path) else {
        return;
    };
    if !stat.is_dir() {
        return;
    }
    let mode = stat.permissions().mode();
    if mode & 0o700 != 0o700 {
        // Where it fails, deleting fails too, and says so.
        drop(std::fs::set_permissions(path, PermissionsExt::from_mode(mode | 0o700)));
    }
    for child in std::fs::read_dir(path).into_iter().flatten().flatten() {
        unlock(&child.path());
    }
}
