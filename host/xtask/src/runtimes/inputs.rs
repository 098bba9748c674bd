//! The files that a build reads: listed, digested, copied into a clean folder.

use camino::{Utf8Path, Utf8PathBuf};

/// Files below a folder with one of the extensions, as paths relative to it, sorted. Caches are not looked into.
pub(super) fn files(root: &Utf8Path, extensions: &[&str]) -> std::io::Result<Vec<Utf8PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8()? {
            let path = entry?.into_path();
            if path.is_dir() {
                if path.file_name() != Some("__pycache__") {
                    folders.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|extension| extensions.contains(&extension))
            {
                found.push(path.strip_prefix(root).unwrap_or(&path).to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Adds names and contents of the files to the digest.
pub(super) fn digest(hasher: &mut blake3::Hasher, root: &Utf8Path, extensions: &[&str]) -> std::io::Result<()> {
    for file in files(root, extensions)? {
        let contents = fs_err::read(root.join(&file))?;
        hasher.update(file.as_str().as_bytes());
        hasher.update(&(contents.len() as u64).to_le_bytes());
        hasher.update(&contents);
    }
    Ok(())
}

/// Copies the files into another folder.
pub(super) fn copy(root: &Utf8Path, to: &Utf8Path, extensions: &[&str]) -> std::io::Result<()> {
    for file in files(root, extensions)? {
        let target = to.join(&file);
        if let Some(parent) = target.parent() {
            fs_err::create_dir_all(parent)?;
        }
        fs_err::copy(root.join(&file), target)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_digest_follows_names_and_contents() {
        let dir = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(dir.path()).unwrap();
        let of_now = || {
            let mut hasher = blake3::Hasher::new();
            digest(&mut hasher, root, &["py"]).unwrap();
            hasher.finalize()
        };
        fs_err::create_dir_all(root.join("a/__pycache__")).unwrap();
        fs_err::write(root.join("a/x.py"), "1").unwrap();
        let first = of_now();
        fs_err::write(root.join("a/x.txt"), "no input").unwrap();
        fs_err::write(root.join("a/__pycache__/x.py"), "no input").unwrap();
        assert_eq!(of_now(), first);
        fs_err::write(root.join("a/x.py"), "2").unwrap();
        let second = of_now();
        assert_ne!(second, first);
        fs_err::rename(root.join("a/x.py"), root.join("a/y.py")).unwrap();
        assert_ne!(of_now(), second);
    }
}
