//! Reads a tree that an engine sends, without writing it anywhere: all facts, and the content of what is asked for.

use crate::error::SolveError;
use crate::{ExportError, FileKind, FileStat, ReadTree, TreeEntry};
use bollard_buildkit_proto::fsutil::types::{Packet, Stat, packet::PacketType};
use std::collections::HashMap;
use std::sync::Arc;

/// Takes the packets of one tree.
pub(super) struct TreeReader {
    reader: Arc<dyn ReadTree>,
    next: u32,
    /// Files whose content is on its way.
    open: HashMap<u32, TreeEntry>,
    /// Sizes of files by path: a hard link says only what it is a link to.
    sizes: HashMap<String, u64>,
    complete: bool,
    finished: bool,
}

impl TreeReader {
    pub(super) fn new(reader: Arc<dyn ReadTree>) -> Self {
        Self {
            reader,
            next: 0,
            open: HashMap::new(),
            sizes: HashMap::new(),
            complete: false,
            finished: false,
        }
    }

    /// Takes a packet; true when the engine said that it was the last.
    pub(super) fn take(&mut self, packet: Packet, reply: &dyn Fn(Packet) -> bool) -> Result<bool, ExportError> {
        let answer = |kind: PacketType, id: u32| {
            reply(Packet {
                r#type: kind.into(),
                id,
                ..Packet::default()
            })
        };
        match PacketType::try_from(packet.r#type) {
            Ok(PacketType::PacketStat) => match packet.stat {
                Some(stat) => {
                    let number = self.next;
                    self.next = self.next.wrapping_add(1);
                    let entry = self.entry(stat);
                    if self.reader.wants(&entry) && entry.stat.kind == FileKind::File {
                        self.open.insert(number, entry);
                        answer(PacketType::PacketReq, number);
                    }
                }
                None => self.complete = true,
            },
            Ok(PacketType::PacketData) if packet.data.is_empty() => {
                if let Some(entry) = self.open.remove(&packet.id) {
                    self.reader.end(&entry);
                }
            }
            Ok(PacketType::PacketData) => {
                if let Some(entry) = self.open.get(&packet.id) {
                    self.reader.data(entry, &packet.data);
                }
            }
            Ok(PacketType::PacketFin) => return Ok(true),
            Ok(PacketType::PacketErr) => {
                return Err(ExportError::Solve(SolveError::Failed {
                    operation: None,
                    message: String::from_utf8_lossy(&packet.data).into_owned(),
                }));
            }
            _ => {}
        }
        if self.complete && self.open.is_empty() && !self.finished {
            self.finished = true;
            answer(PacketType::PacketFin, 0);
        }
        Ok(false)
    }

    fn entry(&mut self, stat: Stat) -> TreeEntry {
        let path = stat.path.trim_start_matches('/').to_owned();
        let first = stat.linkname.trim_start_matches('/').to_owned();
        let mut stat = FileStat::from_proto(stat);
        if stat.kind == FileKind::File {
            if let Some(size) = self.sizes.get(&first) {
                stat.size = *size;
            }
            self.sizes.insert(path.clone(), stat.size);
        }
        TreeEntry { path, stat }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::go_mode;
    use std::sync::Mutex;

    /// Wants what ends with `!`, and notes what happens.
    #[derive(Default)]
    struct Notes(Mutex<Vec<String>>);

    impl Notes {
        fn add(&self, note: String) {
            self.0.lock().unwrap().push(note);
        }
    }

    impl ReadTree for Notes {
        fn wants(&self, entry: &TreeEntry) -> bool {
            self.add(format!("{} {}", entry.path, entry.stat.size));
            entry.path.ends_with('!')
        }
        fn data(&self, entry: &TreeEntry, data: &[u8]) {
            self.add(format!("{}: {}", entry.path, String::from_utf8_lossy(data)));
        }
        fn end(&self, entry: &TreeEntry) {
            self.add(format!("{} ends", entry.path));
        }
    }

    fn stat(path: &str, mode: u32, size: i64, link: &str) -> Packet {
        Packet {
            r#type: PacketType::PacketStat.into(),
            stat: Some(Stat {
                path: path.to_owned(),
                mode,
                size,
                linkname: link.to_owned(),
                ..Stat::default()
            }),
            ..Packet::default()
        }
    }

    fn data(id: u32, data: &[u8]) -> Packet {
        Packet {
            r#type: PacketType::PacketData.into(),
            id,
            data: data.to_vec(),
            ..Packet::default()
        }
    }

    #[test]
    fn only_what_is_wanted_is_asked_for() {
        let notes = Arc::new(Notes::default());
        let mut reader = TreeReader::new(notes.clone());
        let replies = Mutex::new(Vec::new());
        let reply = |packet: Packet| {
            replies.lock().unwrap().push((packet.r#type, packet.id));
            true
        };
        let end_of_stats = Packet {
            r#type: PacketType::PacketStat.into(),
            ..Packet::default()
        };
        for packet in [
            stat("d!", go_mode::DIRECTORY | 0o755, 0, ""),
            stat("d!/a", 0o644, 5, ""),
            stat("d!/b!", 0o644, 0, "d!/a"),
            end_of_stats,
            data(2, b"he"),
            data(2, b"llo"),
            data(2, b""),
        ] {
            assert!(!reader.take(packet, &reply).unwrap());
        }
        let (request, fin) = (PacketType::PacketReq.into(), PacketType::PacketFin.into());
        assert_eq!(*replies.lock().unwrap(), [(request, 2), (fin, 0)]);
        assert_eq!(
            *notes.0.lock().unwrap(),
            ["d! 0", "d!/a 5", "d!/b! 5", "d!/b!: he", "d!/b!: llo", "d!/b! ends"]
        );
    }
}
