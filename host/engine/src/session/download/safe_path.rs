//! Whether a path that an engine sent may be written to.

use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a path.
#[derive(Debug)]
pub(super) enum PathFault {
    /// It leads, or may lead, out of the destination.
    Unsafe(&'static str),
    /// It cannot be looked at.
    Io(io::Error),
}

/// The place below `root` for a relative path of names; everything above the last name must be a real directory there.
pub(super) fn below(root: &Path, relative: &str) -> Result<PathBuf, PathFault> {
    if relative.contains('\0') {
        return Err(PathFault::Unsafe("it has a zero byte"));
    }
    // All names first: whether a path is unsafe must not depend on what is there.
    for name in relative.split('/') {
        match name {
            "" => return Err(PathFault::Unsafe("it is absolute or has an empty name")),
            "." | ".." => return Err(PathFault::Unsafe("it has . or .. in it")),
            _ => {}
        }
    }
    let mut place = root.to_owned();
    let mut names = relative.split('/').peekable();
    while let Some(name) = names.next() {
        place.push(name);
        if names.peek().is_none() {
            break;
        }
        match fs_err::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) if metadata.is_symlink() => {
                return Err(PathFault::Unsafe("a directory above it is a symbolic link"));
            }
            Ok(_) => return Err(PathFault::Unsafe("what should be a directory above it is none")),
            Err(e) => return Err(PathFault::Io(e)),
        }
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{PathFault, below};

    #[test]
    fn only_names_below_real_directories_pass() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("real")).unwrap();
        std::fs::write(root.path().join("file"), "").unwrap();
        std::os::unix::fs::symlink("/etc", root.path().join("link")).unwrap();
        assert_eq!(below(root.path(), "real/x").unwrap(), root.path().join("real/x"));
        assert_eq!(below(root.path(), "link").unwrap(), root.path().join("link"));
        for hostile in [
            "/etc/passwd",
            "../x",
            "real/../../x",
            "a//b",
            ".",
            "",
            "link/passwd",
            "file/x",
            "real/",
            "a\0b",
            "real/./x",
        ] {
            assert!(
                matches!(below(root.path(), hostile), Err(PathFault::Unsafe(_))),
                "{hostile:?}"
            );
        }
        assert!(matches!(below(root.path(), "missing/x"), Err(PathFault::Io(_))));
    }
}
