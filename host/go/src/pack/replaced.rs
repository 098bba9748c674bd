//! Folders beside a module that its `go.mod` uses in place of other modules: they decide what is built, as the source does.

use super::go_mod::{GoMod, Replacement};
use std::path::Path;

/// Digest (blake3, hex) of the files in folders that `replace` names; none when it names none, as is usual.
///
/// # Errors
/// A file in such a folder cannot be read. A folder that is not there is told by the build.
pub fn replaced_digest(source: &Path) -> std::io::Result<Option<String>> {
    let Ok(text) = std::fs::read_to_string(source.join("go.mod")) else {
        return Ok(None);
    };
    let Ok(go_mod) = GoMod::parse(&text) else {
        return Ok(None);
    };
    let mut hasher = blake3::Hasher::new();
    let mut any = false;
    for replace in &go_mod.replaces {
        if let Replacement::Folder(folder) = &replace.by {
            any = true;
            hasher.update(folder.as_bytes()).update(b"\0");
            let path = source.join(folder);
            if path.is_dir() {
                add(&path, &mut hasher)?;
            }
        }
    }
    Ok(any.then(|| hasher.finalize().to_hex().to_string()))
}

fn add(folder: &Path, hasher: &mut blake3::Hasher) -> std::io::Result<()> {
    let mut paths: Vec<_> = fs_err::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default();
        if path.is_symlink() || name == ".git" || name == "node_modules" {
            continue;
        }
        hasher.update(name.as_encoded_bytes()).update(b"\0");
        if path.is_dir() {
            add(&path, hasher)?;
        } else {
            let content = fs_err::read(&path)?;
            hasher.update(&(content.len() as u64).to_le_bytes()).update(&content);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::replaced_digest;

    #[test]
    fn files_of_replaced_folders_count() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("ci");
        fs_err::create_dir_all(&source).unwrap();
        assert_eq!(replaced_digest(&source).unwrap(), None);
        fs_err::write(source.join("go.mod"), "module ci\nreplace example.com/a => ../a\n").unwrap();
        let missing = replaced_digest(&source).unwrap().unwrap();
        fs_err::create_dir_all(folder.path().join("a/b")).unwrap();
        fs_err::write(folder.path().join("a/b/c.go"), "package b").unwrap();
        let first = replaced_digest(&source).unwrap().unwrap();
        assert_ne!(first, missing);
        fs_err::write(folder.path().join("a/b/c.go"), "package c").unwrap();
        assert_ne!(replaced_digest(&source).unwrap().unwrap(), first);
    }
}
