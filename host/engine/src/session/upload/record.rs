//! What a directory held when it was uploaded, kept on this machine's disk: the next upload can then tell what changed since.
//!
//! A record says what an upload was, not that an engine still has it. It can be deleted at any time.

use super::listing::Listing;
use crate::identifier;
use bollard_buildkit_proto::fsutil::types::Stat;
use prost::Message;
use sha2::{Digest, Sha256};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// How a file begins. Changes when an older file must not be read.
const BEGINNING: &[u8] = b"dockwright upload 1\n";

/// Where the record of one directory lies.
#[derive(Clone, Debug)]
pub(crate) struct Record(PathBuf);

/// An upload.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Earlier {
    /// The session that it came through.
    pub(crate) session: String,
    /// Something lies on it in the engine, which therefore does not write the next upload over it.
    pub(crate) kept: bool,
    /// What there was, in the order of the walk, and when it changed.
    pub(super) entries: Vec<(Stat, i64)>,
}

impl Earlier {
    /// The upload of what was found; none when that is more than was remembered.
    pub(crate) fn of(session: &str, listing: &Listing) -> Option<Earlier> {
        let entries = listing.complete()?.iter();
        Some(Earlier {
            session: session.to_owned(),
            kept: false,
            entries: entries.map(|found| (found.stat.clone(), found.changed_ns)).collect(),
        })
    }

    /// The same, with something lying on it.
    pub(crate) fn keep(self) -> Earlier {
        Earlier { kept: true, ..self }
    }

    fn encode(&self) -> Vec<u8> {
        let mut bytes = BEGINNING.to_vec();
        bytes.push(u8::from(self.kept));
        bytes.extend(u32::try_from(self.session.len()).unwrap_or_default().to_le_bytes());
        bytes.extend(self.session.as_bytes());
        for (stat, changed_ns) in &self.entries {
            bytes.extend(u32::try_from(stat.encoded_len()).unwrap_or_default().to_le_bytes());
            bytes.extend(stat.encode_to_vec());
            bytes.extend(changed_ns.to_le_bytes());
        }
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Earlier> {
        let mut rest = bytes.strip_prefix(BEGINNING)?;
        let [kept] = take(&mut rest)?;
        let session = text(&mut rest)?;
        let session = String::from_utf8(session.to_vec()).ok()?;
        let mut entries = Vec::new();
        while !rest.is_empty() {
            let stat = Stat::decode(text(&mut rest)?).ok()?;
            entries.push((stat, i64::from_le_bytes(take(&mut rest)?)));
        }
        Some(Earlier {
            session,
            kept: kept != 0,
            entries,
        })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}

/// Bytes that their number goes before.
fn text<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = usize::try_from(u32::from_le_bytes(take(rest)?)).ok()?;
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

impl Record {
    /// The record of the directory that an engine asks for by `key`.
    pub(crate) fn new(folder: &Path, engine: &str, key: &str) -> Record {
        let mut hash = Sha256::new();
        for part in [engine, key] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Record(folder.join(hex::encode(hash.finalize())))
    }

    /// What it says; none when there is none or it cannot be read.
    pub(crate) fn read(&self) -> Option<Earlier> {
        Earlier::decode(&std::fs::read(&self.0).ok()?)
    }

    /// Says what the upload was. Where that is impossible the next one is compared in whole.
    pub(crate) fn write(&self, earlier: &Earlier) {
        let beside = self.0.with_extension(identifier::random());
        let written = self
            .make_folder()
            .and_then(|()| fs_err::write(&beside, earlier.encode()))
            .and_then(|()| fs_err::rename(&beside, &self.0));
        if written.is_err() {
            std::fs::remove_file(&beside).ok();
        }
    }

    fn make_folder(&self) -> io::Result<()> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    /// Deletes it, unless the upload that it tells of stays as it is whatever is uploaded next.
    pub(crate) fn forget_unless_kept(&self) {
        if self.0.exists() && self.read().is_none_or(|earlier| !earlier.kept) {
            self.forget();
        }
    }

    /// Deletes it.
    pub(crate) fn forget(&self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{Earlier, Record};
    use bollard_buildkit_proto::fsutil::types::Stat;

    fn earlier(kept: bool) -> Earlier {
        let stat = |path: &str| Stat {
            path: path.into(),
            mode: 0o644,
            mod_time: 7,
            ..Stat::default()
        };
        Earlier {
            session: "session".into(),
            kept,
            entries: vec![(stat("a"), 1), (stat("é"), i64::MIN)],
        }
    }

    #[test]
    fn it_says_what_was_written_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let record = Record::new(&folder.path().join("uploads"), "engine", "key");
        assert_eq!(record.read(), None);
        record.write(&earlier(true));
        assert_eq!(record.read(), Some(earlier(true)));
        assert_eq!(Record::new(folder.path(), "other engine", "key").read(), None);
        let whole = std::fs::read(&record.0).unwrap();
        std::fs::write(&record.0, &whole[..whole.len() - 1]).unwrap();
        assert_eq!(record.read(), None);
        std::fs::write(&record.0, "x").unwrap();
        assert_eq!(record.read(), None);
    }

    #[test]
    fn what_the_next_upload_writes_over_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let record = Record::new(folder.path(), "engine", "key");
        for kept in [true, false] {
            record.write(&earlier(kept));
            record.forget_unless_kept();
            assert_eq!(record.read(), kept.then(|| earlier(kept)));
        }
    }
}
