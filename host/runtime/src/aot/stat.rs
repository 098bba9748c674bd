//! What the file system tells about a file's content without reading it.

use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Two writes within this time may leave the same time of change.
const TIMER: Duration = Duration::from_millis(100);

/// After this time without a write a file [is settled](Stat::is_settled).
pub(super) const SETTLED: Duration = Duration::from_millis(120);

/// Identity of a file's content as far as the file system tells it. Every write changes it, and no program can set the
/// time of change back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stat {
    device: u64,
    inode: u64,
    size: u64,
    changed: (i64, i64),
}

impl Stat {
    #[cfg(unix)]
    pub(super) fn of(path: &Utf8Path) -> std::io::Result<Stat> {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs_err::metadata(path)?;
        Ok(Stat {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    pub(super) fn of(path: &Utf8Path) -> std::io::Result<Stat> {
        let metadata = fs_err::metadata(path)?;
        let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(modified.as_secs()).unwrap_or(i64::MAX);
        let changed = (seconds, i64::from(modified.subsec_nanos()));
        Ok(Stat {
            device: 0,
            inode: 0,
            size: metadata.len(),
            changed,
        })
    }

    /// Whether the file has been left alone for long enough that a further write would show.
    pub(super) fn is_settled(&self) -> bool {
        let (seconds, nanoseconds) = self.changed;
        let (Ok(seconds), Ok(nanoseconds)) = (u64::try_from(seconds), u32::try_from(nanoseconds)) else {
            return false;
        };
        let changed = UNIX_EPOCH + Duration::new(seconds, nanoseconds);
        SystemTime::now().duration_since(changed).is_ok_and(|age| age > TIMER)
    }
}
