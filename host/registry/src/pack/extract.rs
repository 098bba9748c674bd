//! Files out of a tar, which may come from anyone: plain files with plain relative paths and nothing else, each once.

use crate::limits::Limits;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use tar::EntryType;

/// The longest path that is taken.
const LONGEST_PATH: u64 = 4096;

/// Unpacks into an empty folder. How much the stream may give, its maker bounds.
pub(crate) fn extract(stream: impl Read, folder: &Path, limits: &Limits) -> std::io::Result<()> {
    let mut archive = tar::Archive::new(stream);
    let mut long_name: Option<Vec<u8>> = None;
    let mut count = 0;
    // Raw: the library would read long names of any length into memory.
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        count += 1;
        if count > limits.files {
            return Err(refused(format!("it holds more than {} files", limits.files)));
        }
        match entry.header().entry_type() {
            EntryType::GNULongName => {
                let mut name = Vec::new();
                entry.by_ref().take(LONGEST_PATH + 1).read_to_end(&mut name)?;
                while name.last() == Some(&0) {
                    name.pop();
                }
                long_name = Some(name);
            }
            EntryType::Regular => {
                let name = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
                let place = folder.join(safe_path(&name)?);
                fs_err::create_dir_all(place.parent().unwrap_or(folder))?;
                // Only a new file: two entries of one name, also where case does not count, are an attempt to confuse.
                let mut file = fs_err::OpenOptions::new().write(true).create_new(true).open(&place)?;
                std::io::copy(&mut entry, &mut file)?;
            }
            other => {
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                return Err(refused(format!("{name:?} is a {} and no file", kind(other))));
            }
        }
    }
    Ok(())
}

/// The path, if it is one that stays below the folder.
fn safe_path(name: &[u8]) -> std::io::Result<PathBuf> {
    let shown = || format!("{:?}", String::from_utf8_lossy(name));
    let text = std::str::from_utf8(name).map_err(|_| refused(format!("the path {} is not valid UTF-8", shown())))?;
    let path = Path::new(text);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if text.is_empty()
        || text.len() as u64 > LONGEST_PATH
        || !plain
        || text.contains(['\0', '\\'])
        || text.ends_with('/')
    {
        return Err(refused(format!("the path {} is none of a file in a module", shown())));
    }
    Ok(path.to_owned())
}

fn kind(entry: EntryType) -> &'static str {
    match entry {
        EntryType::Symlink => "symbolic link",
        EntryType::Link => "hard link",
        EntryType::Char | EntryType::Block => "device",
        EntryType::Fifo => "pipe",
        EntryType::Directory => "folder",
        _ => "special entry",
    }
}

fn refused(message: String) -> std::io::Error {
    std::io::Error::other(message)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "tests stop at the first surprise"
    )]
    use super::*;
    use crate::pack::files::write_files;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn entry(name: &str, kind: EntryType, content: &[u8]) -> Vec<u8> {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o4777);
        header.set_cksum();
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
        bytes
    }

    fn message(archive: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let error = extract(archive, &inner, &Limits::default()).unwrap_err();
        let outside: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(outside.len(), 1, "{outside:?}");
        error.to_string()
    }

    #[test]
    fn paths_that_lead_out_are_refused() {
        for name in ["../x", "/etc/x", "a/../../x", "..", "./x", "a\\b", "a/"] {
            let text = message(&entry(name, EntryType::Regular, b"x"));
            assert_eq!(text, format!("the path {name:?} is none of a file in a module"));
        }
        let long = "../".repeat(100) + "x";
        let mut archive = entry("././@LongLink", EntryType::GNULongName, long.as_bytes());
        archive.extend(entry("x", EntryType::Regular, b"x"));
        assert!(message(&archive).contains("is none of a file"));
    }

    #[test]
    fn only_files_are_taken() {
        let kinds = [
            (EntryType::Symlink, "symbolic link"),
            (EntryType::Link, "hard link"),
            (EntryType::Char, "device"),
            (EntryType::XHeader, "special entry"),
            (EntryType::GNUSparse, "special entry"),
        ];
        for (kind, words) in kinds {
            assert_eq!(
                message(&entry("x", kind, b"")),
                format!("\"x\" is a {words} and no file")
            );
        }
    }

    #[test]
    fn names_come_once() {
        let archive = [
            entry("x", EntryType::Regular, b"1"),
            entry("x", EntryType::Regular, b"2"),
        ]
        .concat();
        assert!(message(&archive).contains("File exists"));
        let endless = entry("././@LongLink", EntryType::GNULongName, &vec![b'a'; 1 << 20]);
        let archive = [endless, entry("x", EntryType::Regular, b"2")].concat();
        assert!(message(&archive).contains("is none of a file"));
    }

    #[test]
    fn files_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let archive: Vec<u8> = (0..4)
            .flat_map(|n| entry(&format!("{n}"), EntryType::Regular, b""))
            .collect();
        let limits = Limits {
            files: 3,
            ..Limits::default()
        };
        let error = extract(archive.as_slice(), folder.path(), &limits).unwrap_err();
        assert_eq!(error.to_string(), "it holds more than 3 files");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_packed_comes_out(files in proptest::collection::btree_map("[a-zA-Zé. _-]{1,3}(/[a-z]{1,120}){0,3}", proptest::collection::vec(any::<u8>(), 0..700), 0..6)) {
            let plain: BTreeMap<String, Vec<u8>> = files
                .into_iter()
                .filter(|(name, _)| safe_path(name.as_bytes()).is_ok())
                .collect();
            // A file cannot be a folder too.
            let names: Vec<String> = plain.keys().cloned().collect();
            prop_assume!(!names.iter().any(|name| names.iter().any(|other| other.starts_with(&format!("{name}/")))));
            let from = tempfile::tempdir().unwrap();
            let listed: Vec<(String, PathBuf)> = plain.iter().enumerate().map(|(index, (name, content))| {
                let path = from.path().join(index.to_string());
                std::fs::write(&path, content).unwrap();
                (name.clone(), path)
            }).collect();
            let (mut bytes, mut again) = (Vec::new(), Vec::new());
            write_files(&mut bytes, &listed).unwrap();
            write_files(&mut again, &listed.iter().rev().cloned().collect::<Vec<_>>()).unwrap();
            prop_assert_eq!(&bytes, &again);
            let to = tempfile::tempdir().unwrap();
            extract(zstd::Decoder::new(bytes.as_slice()).unwrap(), to.path(), &Limits::default()).unwrap();
            for (name, content) in &plain {
                prop_assert_eq!(&std::fs::read(to.path().join(name)).unwrap(), content);
            }
        }

        #[test]
        fn no_archive_gets_out(name in "[./a\\\\]{1,12}", content in proptest::collection::vec(any::<u8>(), 0..20)) {
            let folder = tempfile::tempdir().unwrap();
            let inner = folder.path().join("inner");
            std::fs::create_dir(&inner).unwrap();
            let _result = extract(entry(&name, EntryType::Regular, &content).as_slice(), &inner, &Limits::default());
            prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        }

        #[test]
        fn no_bytes_are_a_surprise(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            let folder = tempfile::tempdir().unwrap();
            let _result = extract(bytes.as_slice(), folder.path(), &Limits::default());
        }
    }
}
