//! Facts about a file in a result.

use crate::session::go_mode;
use bollard_buildkit_proto::fsutil::types::Stat;
use serde::{Deserialize, Serialize};

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink,
    /// A device, pipe or socket.
    Other,
}

/// Facts about a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStat {
    /// Its name in its directory.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Permission bits with setuid, setgid and sticky, as `chmod` counts them.
    pub mode: u32,
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970-01-01 UTC.
    pub modified: i64,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Where a symbolic link points.
    pub link: Option<String>,
}

impl FileStat {
    pub(crate) fn from_proto(stat: Stat) -> Self {
        let special = [
            (go_mode::SETUID, 0o4000),
            (go_mode::SETGID, 0o2000),
            (go_mode::STICKY, 0o1000),
        ];
        let mode = special
            .iter()
            .filter(|(bit, _)| stat.mode & bit != 0)
            .fold(stat.mode & 0o777, |mode, (_, unix)| mode | unix);
        let kind = match stat.mode & go_mode::TYPE {
            0 => FileKind::File,
            go_mode::DIRECTORY => FileKind::Directory,
            go_mode::SYMLINK => FileKind::Symlink,
            _ => FileKind::Other,
        };
        Self {
            name: stat.path.rsplit('/').next().unwrap_or_default().to_owned(),
            kind,
            mode,
            size: u64::try_from(stat.size).unwrap_or_default(),
            modified: stat.mod_time,
            uid: stat.uid,
            gid: stat.gid,
            link: (kind == FileKind::Symlink).then_some(stat.linkname),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, FileStat};
    use bollard_buildkit_proto::fsutil::types::Stat;

    #[test]
    fn modes_are_translated() {
        let stat = |mode| {
            FileStat::from_proto(Stat {
                path: "a/b".into(),
                mode,
                linkname: "t".into(),
                ..Stat::default()
            })
        };
        assert_eq!(
            (stat(0o644).kind, stat(0o644).mode, stat(0o644).name.as_str()),
            (FileKind::File, 0o644, "b")
        );
        assert_eq!(
            (
                stat(1 << 31 | 1 << 20 | 0o777).kind,
                stat(1 << 31 | 1 << 20 | 0o777).mode
            ),
            (FileKind::Directory, 0o1777)
        );
        assert_eq!(stat(1 << 27 | 0o777).link.as_deref(), Some("t"));
        assert_eq!(stat(1 << 25).kind, FileKind::Other);
    }
}
