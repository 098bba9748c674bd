//! What a module's source adds up to: every file that the runtime could read, by path and content.

use crate::error::ModuleError;
use crate::find::relative_path;
use crate::included::Included;
use crate::sdk_language::SdkLanguage;
use std::collections::BTreeMap;
use std::fs::FileType;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Directories that hold no source of the module: tools make them.
pub(crate) const NOT_SOURCE: &[&str] = &[
    ".git",
    "__pycache__",
    ".venv",
    "venv",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    "dockwright-vendor",
];

/// Digest of all files below `root` that are not written for editors nor excluded, and of those that are included, as hex. The
/// language and `extra` go in first: what else decides how the source behaves.
pub(crate) fn of_source(
    root: &Path,
    language: SdkLanguage,
    included: &Included,
    extra: &[&str],
) -> Result<String, ModuleError> {
    let mut files = Vec::new();
    collect(root, root, language, included, &mut files)?;
    files.extend(
        included
            .files
            .iter()
            .map(|path| relative_path(root, path).to_string_lossy().into_owned()),
    );
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for text in extra.iter().copied().chain([language.name()]) {
        hasher
            .update(&(text.len() as u64).to_le_bytes())
            .update(text.as_bytes());
    }
    for relative in files {
        let path = root.join(&relative);
        let content = if path.is_symlink() {
            fs_err::read_link(&path)?.into_os_string().into_encoded_bytes()
        } else {
            fs_err::read(&path)?
        };
        hasher
            .update(&(relative.len() as u64).to_le_bytes())
            .update(relative.as_bytes());
        hasher.update(&(content.len() as u64).to_le_bytes()).update(&content);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Digest of everything below `root`, as hex: names, what is executable, content, targets of links.
pub(crate) fn of_tree(root: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    for (relative, kind) in tree(root)? {
        let path = root.join(&relative);
        let (kind, content) = if kind.is_symlink() {
            ("link", fs_err::read_link(&path)?.into_os_string().into_encoded_bytes())
        } else if is_executable(&path)? {
            ("program", fs_err::read(&path)?)
        } else {
            ("file", fs_err::read(&path)?)
        };
        part(relative.as_os_str().as_encoded_bytes());
        part(kind.as_bytes());
        part(&content);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn tree(root: &Path) -> std::io::Result<BTreeMap<PathBuf, FileType>> {
    let mut found = BTreeMap::new();
    let mut pending = vec![root.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in fs_err::read_dir(&directory)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                pending.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap_or(&path).to_owned(), kind);
            }
        }
    }
    Ok(found)
}

fn is_executable(path: &Path) -> std::io::Result<bool> {
    Ok(fs_err::metadata(path)?.permissions().mode() & 0o111 != 0)
}

pub(crate) fn collect(
    root: &Path,
    directory: &Path,
    language: SdkLanguage,
    included: &Included,
    files: &mut Vec<String>,
) -> Result<(), ModuleError> {
    for entry in fs_err::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let path = entry.path();
        let relative = path.strip_prefix(root).unwrap_or(&path);
        if language.is_generated(relative) || included.excludes(&path, kind.is_dir()) {
            continue;
        }
        if kind.is_dir() {
            if !NOT_SOURCE.iter().any(|skipped| name == *skipped) {
                collect(root, &path, language, included, files)?;
            }
        } else if kind.is_file() || kind.is_symlink() {
            files.push(relative.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_directory(root: &Path, language: SdkLanguage, extra: &[&str], fields: &str) -> String {
        let manifest = crate::Manifest::parse(Path::new("x"), &format!(r#"{{"name": "ci"{fields}}}"#)).unwrap();
        let included = Included::read(&manifest, &root.join("dagger.json"), root, root.parent().unwrap()).unwrap();
        of_source(root, language, &included, extra).unwrap()
    }

    #[test]
    fn what_is_included_counts_and_what_is_excluded_does_not() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("m");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("main.py"), "a").unwrap();
        std::fs::write(root.join("notes.md"), "a").unwrap();
        std::fs::write(parent.path().join("data"), "a").unwrap();
        let digest = |fields: &str| of_directory(&root, SdkLanguage::Python, &["ci"], fields);
        let fields = r#", "include": ["../data", "!*.md"]"#;
        let first = digest(fields);
        assert_ne!(first, digest(""));
        std::fs::write(root.join("notes.md"), "b").unwrap();
        assert_eq!(digest(fields), first);
        std::fs::write(parent.path().join("data"), "b").unwrap();
        assert_ne!(digest(fields), first);
    }

    #[test]
    fn content_names_and_extras_count_and_caches_do_not() {
        let root = tempfile::tempdir().unwrap();
        let digest = |extra: &[&str]| of_directory(root.path(), SdkLanguage::Python, extra, "");
        std::fs::create_dir(root.path().join("src")).unwrap();
        std::fs::write(root.path().join("src/main.py"), "a").unwrap();
        let first = digest(&["ci"]);
        std::fs::create_dir(root.path().join("__pycache__")).unwrap();
        std::fs::write(root.path().join("__pycache__/x"), "b").unwrap();
        std::fs::create_dir(root.path().join("sdk")).unwrap();
        std::fs::write(root.path().join("sdk/x"), "b").unwrap();
        assert_eq!(digest(&["ci"]), first);
        assert_ne!(digest(&["other"]), first);
        std::fs::create_dir(root.path().join("src/sdk")).unwrap();
        std::fs::write(root.path().join("src/sdk/x.py"), "b").unwrap();
        assert_ne!(digest(&["ci"]), first, "a package called sdk is source");
        std::fs::remove_dir_all(root.path().join("src/sdk")).unwrap();
        std::fs::write(root.path().join("src/main.py"), "b").unwrap();
        assert_ne!(digest(&["ci"]), first);
        std::fs::rename(root.path().join("src/main.py"), root.path().join("src/other.py")).unwrap();
        std::fs::write(root.path().join("src/other.py"), "a").unwrap();
        assert_ne!(digest(&["ci"]), first);
    }

    #[test]
    fn a_tree_is_its_names_kinds_and_contents() {
        let root = tempfile::tempdir().unwrap();
        let digest = || of_tree(root.path()).unwrap();
        std::fs::create_dir(root.path().join("a")).unwrap();
        std::fs::write(root.path().join("a/x"), "1").unwrap();
        let first = digest();
        std::fs::set_permissions(root.path().join("a/x"), PermissionsExt::from_mode(0o755)).unwrap();
        let second = digest();
        std::fs::rename(root.path().join("a/x"), root.path().join("a/y")).unwrap();
        let third = digest();
        std::os::unix::fs::symlink("y", root.path().join("a/x")).unwrap();
        let fourth = digest();
        let all = std::collections::HashSet::from([first, second, third, fourth]);
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn what_is_generated_depends_on_the_language() {
        let root = tempfile::tempdir().unwrap();
        let digest = || of_directory(root.path(), SdkLanguage::Go, &["ci"], "");
        std::fs::create_dir_all(root.path().join("internal/dagger")).unwrap();
        std::fs::write(root.path().join("main.go"), "a").unwrap();
        let first = digest();
        std::fs::write(root.path().join("internal/dagger/client.go"), "b").unwrap();
        std::fs::write(root.path().join("dagger.gen.go"), "b").unwrap();
        assert_eq!(digest(), first);
        std::fs::write(root.path().join("internal/other.go"), "b").unwrap();
        let second = digest();
        assert_ne!(second, first);
        std::fs::create_dir(root.path().join("sdk")).unwrap();
        std::fs::write(root.path().join("sdk/sdk.go"), "b").unwrap();
        assert_ne!(digest(), second, "a package called sdk is source");
    }
}
