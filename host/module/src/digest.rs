//! What a module's source adds up to: every file that the runtime could read, by path and content.

use crate::error::ModuleError;
use crate::sdk_language::SdkLanguage;
use std::path::Path;

/// Directories that hold no source of the module: tools make them.
const NOT_SOURCE: &[&str] = &[
    ".git",
    "__pycache__",
    ".venv",
    "venv",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
];

/// Digest of all files below `root` that are not written for editors, as hex. The language and `extra` go in first: what else
/// decides how the source behaves.
pub(crate) fn of_directory(root: &Path, language: SdkLanguage, extra: &[&str]) -> Result<String, ModuleError> {
    let mut files = Vec::new();
    collect(root, root, language, &mut files)?;
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

fn collect(root: &Path, directory: &Path, language: SdkLanguage, files: &mut Vec<String>) -> Result<(), ModuleError> {
    for entry in fs_err::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let path = entry.path();
        let relative = path.strip_prefix(root).unwrap_or(&path);
        if language.is_generated(relative) {
            continue;
        }
        if kind.is_dir() {
            if !NOT_SOURCE.iter().any(|skipped| name == *skipped) {
                collect(root, &path, language, files)?;
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

    #[test]
    fn content_names_and_extras_count_and_caches_do_not() {
        let root = tempfile::tempdir().unwrap();
        let digest = |extra: &[&str]| of_directory(root.path(), SdkLanguage::Python, extra).unwrap();
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
    fn what_is_generated_depends_on_the_language() {
        let root = tempfile::tempdir().unwrap();
        let digest = || of_directory(root.path(), SdkLanguage::Go, &["ci"]).unwrap();
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
