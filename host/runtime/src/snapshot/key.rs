//! What a snapshot is taken of: everything that loading the module depends on.

use crate::language::{Language, ModuleSource};

/// Changes when snapshots of an older form must not be used.
const FORMAT: &[u8] = b"1";

/// The name of the module's snapshot, hex; none for languages that load fast without. `runtime_digest` is of the component that runs it.
pub(crate) fn key(source: &ModuleSource, runtime_digest: &str) -> Option<String> {
    let Language::Python {
        dependencies,
        generated,
        ..
    } = &source.language
    else {
        return None;
    };
    let mut hash = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hash.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    part(FORMAT);
    for text in [runtime_digest, &source.name, &source.digest] {
        part(text.as_bytes());
    }
    // The source's digest names the packages that are wanted, not those that were found; the folder is made anew for others.
    for folder in [dependencies, generated] {
        match folder {
            None => part(b""),
            Some(folder) => {
                part(folder.as_str().as_bytes());
                part(identity(folder)?.as_bytes());
            }
        }
    }
    Some(hash.finalize().to_hex().to_string())
}

/// Tells a folder from one that took its place.
#[cfg(unix)]
fn identity(folder: &camino::Utf8Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let metadata = folder.metadata().ok()?;
    let (inode, seconds, nanoseconds) = (metadata.ino(), metadata.ctime(), metadata.ctime_nsec());
    Some(format!("{inode} {seconds} {nanoseconds}"))
}

#[cfg(not(unix))]
fn identity(_: &camino::Utf8Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use camino::Utf8Path;

    fn module(digest: &str, packages: Option<&Utf8Path>) -> ModuleSource {
        ModuleSource {
            name: "ci".into(),
            digest: digest.into(),
            language: Language::Python {
                root: "/m".into(),
                dependencies: packages.map(Utf8Path::to_owned),
                generated: None,
            },
        }
    }

    #[test]
    fn a_change_of_runtime_source_or_packages_gives_another_key() {
        let folder = tempfile::tempdir().unwrap();
        let packages = Utf8Path::from_path(folder.path()).unwrap().join("packages");
        fs_err::create_dir(&packages).unwrap();
        let mut keys = vec![
            key(&module("a", None), "r").unwrap(),
            key(&module("b", None), "r").unwrap(),
            key(&module("a", None), "s").unwrap(),
            key(&module("a", Some(&packages)), "r").unwrap(),
        ];
        assert_eq!(key(&module("a", Some(&packages)), "r"), keys.last().cloned());
        fs_err::write(packages.join("six.py"), "").unwrap();
        keys.push(key(&module("a", Some(&packages)), "r").unwrap());
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 5);
    }

    #[test]
    fn only_what_takes_time_to_load_has_one() {
        let source = ModuleSource {
            name: "ci".into(),
            digest: "a".into(),
            language: Language::Component { path: "/m.wasm".into() },
        };
        assert_eq!(key(&source, "r"), None);
        let gone = Utf8Path::new("/no/such/folder");
        assert_eq!(key(&module("a", Some(gone)), "r"), None);
    }
}
