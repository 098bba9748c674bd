//! Writes a directory that an engine sends: `receive.go` of the `fsutil` project from the other side.

use super::safe_path::{PathFault, below};
use crate::ExportError;
use crate::error::SolveError;
use crate::session::upload::go_mode;
use bollard_buildkit_proto::fsutil::types::{Packet, Stat, packet::PacketType};
use std::collections::{HashMap, HashSet};
use std::fs::{FileTimes, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A file whose content is on its way.
struct Open {
    file: std::fs::File,
    path: PathBuf,
    stat: Stat,
}

/// Takes the packets of one export.
pub(super) struct DirectoryWriter {
    root: PathBuf,
    next: u32,
    open: HashMap<u32, Open>,
    /// The engine told all files.
    complete: bool,
    finished: bool,
    /// Everything that the export has, for wiping.
    told: HashSet<PathBuf>,
    /// Directories get their permissions last: they may forbid writing into them.
    directories: Vec<(PathBuf, Stat)>,
}

impl DirectoryWriter {
    pub(super) fn open(root: &Path) -> Result<Self, ExportError> {
        fs_err::create_dir_all(root).map_err(|e| write_error(root, &e))?;
        Ok(Self {
            root: root.to_owned(),
            next: 0,
            open: HashMap::new(),
            complete: false,
            finished: false,
            told: HashSet::new(),
            directories: Vec::new(),
        })
    }

    /// Takes a packet; true when the engine said that it was the last.
    pub(super) fn take(&mut self, packet: Packet, reply: &dyn Fn(Packet) -> bool) -> Result<bool, ExportError> {
        match PacketType::try_from(packet.r#type) {
            Ok(PacketType::PacketStat) => match packet.stat {
                Some(stat) => {
                    let number = self.next;
                    self.next = self.next.wrapping_add(1);
                    if self.entry(number, stat)? {
                        reply(Packet {
                            r#type: PacketType::PacketReq.into(),
                            id: number,
                            ..Packet::default()
                        });
                    }
                }
                None => self.complete = true,
            },
            Ok(PacketType::PacketData) if packet.data.is_empty() => {
                if let Some(open) = self.open.remove(&packet.id) {
                    let times = FileTimes::new().set_modified(modified(&open.stat));
                    open.file.set_times(times).map_err(|e| write_error(&open.path, &e))?;
                }
            }
            Ok(PacketType::PacketData) => {
                if let Some(open) = self.open.get_mut(&packet.id) {
                    open.file
                        .write_all(&packet.data)
                        .map_err(|e| write_error(&open.path, &e))?;
                }
            }
            Ok(PacketType::PacketFin) => return Ok(true),
            Ok(PacketType::PacketErr) => {
                let message = String::from_utf8_lossy(&packet.data).into_owned();
                return Err(ExportError::Solve(SolveError::Failed {
                    operation: None,
                    message,
                }));
            }
            _ => {}
        }
        if self.complete && self.open.is_empty() && !self.finished {
            self.finished = true;
            reply(Packet {
                r#type: PacketType::PacketFin.into(),
                ..Packet::default()
            });
        }
        Ok(false)
    }

    /// Makes what the stat says; true when content must be asked for.
    fn entry(&mut self, number: u32, stat: Stat) -> Result<bool, ExportError> {
        let path = self.place(&stat.path)?;
        let failed = |e: io::Error| write_error(&path, &e);
        self.told.insert(path.clone());
        let kind = stat.mode & go_mode::TYPE;
        if kind == go_mode::DIRECTORY {
            let is_directory = fs_err::symlink_metadata(&path).is_ok_and(|m| m.is_dir());
            if !is_directory {
                clear(&path).map_err(failed)?;
                fs_err::create_dir(&path).map_err(failed)?;
            }
            self.directories.push((path, stat));
            return Ok(false);
        }
        if kind == go_mode::SYMLINK {
            clear(&path).map_err(failed)?;
            fs_err::os::unix::fs::symlink(&stat.linkname, &path).map_err(failed)?;
            return Ok(false);
        }
        if kind != 0 {
            // Devices and pipes need privileges and have no content: exports leave them out.
            return Ok(false);
        }
        if !stat.linkname.is_empty() {
            let first = self.place(&stat.linkname)?;
            if first != path {
                clear(&path).map_err(failed)?;
                fs_err::hard_link(&first, &path).map_err(failed)?;
            }
            return Ok(false);
        }
        clear(&path).map_err(failed)?;
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed)?;
        file.set_permissions(Permissions::from_mode(stat.mode & 0o777))
            .map_err(failed)?;
        self.open.insert(number, Open { file, path, stat });
        Ok(true)
    }

    fn place(&self, relative: &str) -> Result<PathBuf, ExportError> {
        below(&self.root, relative).map_err(|fault| match fault {
            PathFault::Unsafe(reason) => ExportError::UnsafePath {
                destination: self.root.clone(),
                path: relative.to_owned(),
                reason,
            },
            PathFault::Io(e) => write_error(&self.root.join(relative), &e),
        })
    }

    /// Removes what the export does not have, if asked to, and gives directories their permissions and times.
    pub(super) fn finish(self, wipe: bool) -> Result<(), ExportError> {
        if wipe {
            remove_others(&self.root, &self.told)?;
        }
        for (path, stat) in self.directories.iter().rev() {
            let failed = |e: io::Error| write_error(path, &e);
            let handle = fs_err::File::open(path).map_err(failed)?;
            handle
                .set_permissions(Permissions::from_mode(stat.mode & 0o777))
                .map_err(failed)?;
            handle
                .into_parts()
                .0
                .set_times(FileTimes::new().set_modified(modified(stat)))
                .map_err(failed)?;
        }
        Ok(())
    }
}

fn write_error(path: &Path, error: &io::Error) -> ExportError {
    ExportError::Write {
        path: path.to_owned(),
        message: error.to_string(),
    }
}

fn modified(stat: &Stat) -> SystemTime {
    match u64::try_from(stat.mod_time) {
        Ok(nanoseconds) => SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds),
        Err(_) => SystemTime::UNIX_EPOCH,
    }
}

/// Removes what is in the way, without following a symbolic link.
fn clear(path: &Path) -> io::Result<()> {
    match fs_err::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs_err::remove_dir_all(path),
        Ok(_) => fs_err::remove_file(path),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(e),
    }
}

fn remove_others(directory: &Path, told: &HashSet<PathBuf>) -> Result<(), ExportError> {
    let failed = |e: io::Error| write_error(directory, &e);
    for entry in fs_err::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        if !told.contains(&path) {
            clear(&path).map_err(|e| write_error(&path, &e))?;
        } else if entry.file_type().map_err(failed)?.is_dir() {
            remove_others(&path, told)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{DirectoryWriter, go_mode};
    use crate::ExportError;
    use bollard_buildkit_proto::fsutil::types::{Packet, Stat, packet::PacketType};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    fn stat(path: &str, mode: u32, linkname: &str) -> Packet {
        let stat = Stat {
            path: path.into(),
            mode,
            linkname: linkname.into(),
            mod_time: 1_000_000_000,
            ..Stat::default()
        };
        Packet {
            r#type: PacketType::PacketStat.into(),
            stat: Some(stat),
            ..Packet::default()
        }
    }

    fn data(id: u32, text: &str) -> Packet {
        Packet {
            r#type: PacketType::PacketData.into(),
            id,
            data: text.into(),
            ..Packet::default()
        }
    }

    fn receive(root: &Path, packets: Vec<Packet>, wipe: bool) -> Result<Vec<(i32, u32)>, ExportError> {
        let replies = std::cell::RefCell::new(Vec::new());
        let mut writer = DirectoryWriter::open(root)?;
        let end = Packet {
            r#type: PacketType::PacketStat.into(),
            ..Packet::default()
        };
        for packet in packets.into_iter().chain([end]) {
            writer.take(packet, &|p| {
                replies.borrow_mut().push((p.r#type, p.id));
                true
            })?;
        }
        assert!(writer.take(
            Packet {
                r#type: PacketType::PacketFin.into(),
                ..Packet::default()
            },
            &|_| true
        )?);
        writer.finish(wipe)?;
        Ok(replies.into_inner())
    }

    #[test]
    fn files_links_modes_and_times_arrive() {
        let root = tempfile::tempdir().unwrap();
        let replies = receive(
            root.path(),
            vec![
                stat("d", go_mode::DIRECTORY | 0o555, ""),
                stat("d/f", 0o750, ""),
                data(1, "con"),
                data(1, "tent"),
                data(1, ""),
                stat("d/hard", 0o750, "d/f"),
                stat("d/soft", go_mode::SYMLINK | 0o777, "f"),
                stat("pipe", go_mode::PIPE | 0o600, ""),
            ],
            false,
        )
        .unwrap();
        let fin: i32 = PacketType::PacketFin.into();
        let request: i32 = PacketType::PacketReq.into();
        assert_eq!(replies, [(request, 1), (fin, 0)]);
        let file = root.path().join("d/f");
        assert_eq!(std::fs::read_to_string(root.path().join("d/hard")).unwrap(), "content");
        assert_eq!(std::fs::read_link(root.path().join("d/soft")).unwrap(), Path::new("f"));
        let metadata = std::fs::metadata(&file).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o7777, 0o750);
        assert_eq!(
            metadata
                .modified()
                .unwrap()
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
            1
        );
        assert_eq!(
            std::fs::metadata(root.path().join("d")).unwrap().permissions().mode() & 0o777,
            0o555
        );
        assert!(!root.path().join("pipe").exists());
        std::fs::set_permissions(root.path().join("d"), std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn what_is_in_the_way_is_replaced_and_other_names_of_it_are_spared() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let victim = outside.path().join("victim");
        std::fs::write(&victim, "mine").unwrap();
        std::os::unix::fs::symlink(&victim, root.path().join("a")).unwrap();
        std::fs::hard_link(&victim, root.path().join("b")).unwrap();
        std::fs::create_dir_all(root.path().join("c/old")).unwrap();
        let packets = vec![
            stat("a", 0o644, ""),
            data(0, "new"),
            data(0, ""),
            stat("b", 0o644, ""),
            data(1, ""),
            stat("c", 0o644, ""),
            data(2, ""),
        ];
        receive(root.path(), packets, false).unwrap();
        assert_eq!(std::fs::read_to_string(&victim).unwrap(), "mine");
        assert_eq!(std::fs::read_to_string(root.path().join("a")).unwrap(), "new");
        assert!(root.path().join("c").is_file());
    }

    #[test]
    fn nothing_is_written_through_a_link_that_came_along() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let packets = vec![
            stat("x", go_mode::SYMLINK | 0o777, outside.path().to_str().unwrap()),
            stat("x/evil", 0o644, ""),
        ];
        let error = receive(root.path(), packets, false).unwrap_err();
        assert!(matches!(error, ExportError::UnsafePath { .. }), "{error}");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
        for hostile in ["../evil", "/tmp/evil", "a/../../evil"] {
            let error = receive(root.path(), vec![stat(hostile, 0o644, "")], false).unwrap_err();
            assert!(matches!(error, ExportError::UnsafePath { .. }), "{error}");
        }
        let error = receive(root.path(), vec![stat("l", 0o644, "../../etc/passwd")], false).unwrap_err();
        assert!(matches!(error, ExportError::UnsafePath { .. }), "{error}");
    }

    #[test]
    fn wiping_leaves_exactly_the_export() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("d/old")).unwrap();
        std::fs::write(root.path().join("stale"), "").unwrap();
        let packets = || {
            vec![
                stat("d", go_mode::DIRECTORY | 0o755, ""),
                stat("d/f", 0o644, ""),
                data(1, ""),
            ]
        };
        receive(root.path(), packets(), false).unwrap();
        assert!(root.path().join("stale").exists());
        receive(root.path(), packets(), true).unwrap();
        assert!(
            !root.path().join("stale").exists()
                && !root.path().join("d/old").exists()
                && root.path().join("d/f").exists()
        );
    }
}
