//! What of a module's files is published: its source as far as a call needs it, its packages without what differs between machines, its texts.

use crate::error::ModuleError;
use crate::locked::LockedModule;
use crate::sdk_language::SdkLanguage;
use dockwright_registry::Text;
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};

/// Names that never go along, whatever `.gitignore` says: what tools make, and where secrets are kept.
const NEVER: &[&str] = &[
    ".git",
    ".env",
    ".venv",
    "venv",
    "node_modules",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".DS_Store",
];

/// Files of an installed package that tell how it was installed.
const INSTALLATION: &[&str] = &["RECORD", "INSTALLER", "REQUESTED", "direct_url.json"];

/// A file that is published: its path with `/`, and where it is.
pub type PublishedFile = (String, PathBuf);

/// The files of a module's source. What git ignores stays out, and what is written for editors.
///
/// # Errors
/// A file cannot be read, or a link leads out of the source.
pub fn source_files(module: &LockedModule) -> Result<Vec<PublishedFile>, ModuleError> {
    walked(&module.source, &module.source, module.language.sdk())
}

/// The files at `start`, which is below `root`, by their paths from there.
pub(crate) fn beside(root: &Path, start: &Path) -> Result<Vec<PublishedFile>, ModuleError> {
    walked(root, start, SdkLanguage::Nothing)
}

fn walked(root: &Path, start: &Path, language: SdkLanguage) -> Result<Vec<PublishedFile>, ModuleError> {
    let root = root.to_owned();
    let mut walk = WalkBuilder::new(start);
    // Only what is written in the repository counts, so that everyone publishes the same files.
    walk.hidden(false)
        .git_global(false)
        .git_exclude(false)
        .ignore(false)
        .require_git(false);
    let filter_root = root.clone();
    walk.filter_entry(move |entry| goes_along(&filter_root, entry.path(), language));
    let mut files = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(std::io::Error::other)?;
        let kind = entry.file_type();
        if kind.is_some_and(|kind| kind.is_dir()) {
            continue;
        }
        files.push((relative(&root, entry.path())?, inside(&root, entry.path())?));
    }
    files.sort();
    Ok(files)
}

/// The files of a folder with installed packages.
///
/// # Errors
/// A file cannot be read, or a link leads out of the folder.
pub fn package_files(root: &Path) -> Result<Vec<PublishedFile>, ModuleError> {
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false);
    let filter_root = root.to_owned();
    walk.filter_entry(move |entry| {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy();
        let is_script_folder = path.parent() == Some(filter_root.as_path()) && matches!(name.as_ref(), "bin" | ".lock");
        let of_installation = INSTALLATION.contains(&name.as_ref())
            && path
                .parent()
                .is_some_and(|folder| folder.extension().is_some_and(|kind| kind == "dist-info"));
        name != "__pycache__" && !is_script_folder && !of_installation
    });
    let mut files = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(std::io::Error::other)?;
        if entry.file_type().is_some_and(|kind| !kind.is_dir()) {
            files.push((relative(root, entry.path())?, inside(root, entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}

/// Readme and licence: those of the module, else of the repository that it is in.
pub fn texts(module: &LockedModule) -> Vec<Text> {
    let mut found = Vec::new();
    for names in [
        ["README.md", "README", "README.txt"],
        ["LICENSE", "LICENSE.md", "LICENSE.txt"],
    ] {
        let folders = [&module.root, &module.source, &module.context];
        let candidates = folders
            .iter()
            .flat_map(|folder| names.iter().map(move |name| (name, folder.join(name))));
        found.extend(
            candidates
                .into_iter()
                .find(|(_, path)| path.is_file())
                .map(|(name, path)| Text {
                    name: (*name).to_owned(),
                    path,
                }),
        );
    }
    found
}

fn goes_along(root: &Path, path: &Path, language: SdkLanguage) -> bool {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let secret = name.starts_with(".env.");
    relative.as_os_str().is_empty() || !(NEVER.contains(&name.as_ref()) || secret || language.is_generated(relative))
}

fn relative(root: &Path, path: &Path) -> Result<String, ModuleError> {
    let text = path.strip_prefix(root).unwrap_or(path).to_str();
    text.map(str::to_owned).ok_or_else(|| ModuleError::Invalid {
        path: path.to_owned(),
        message: "the name is not valid UTF-8, so it cannot be published".to_owned(),
    })
}

/// The file itself, when the path is a link.
fn inside(root: &Path, path: &Path) -> Result<PathBuf, ModuleError> {
    if !path.is_symlink() {
        return Ok(path.to_owned());
    }
    let invalid = |message: &str| ModuleError::Invalid {
        path: path.to_owned(),
        message: message.to_owned(),
    };
    let real = fs_err::canonicalize(path)?;
    if !real.starts_with(fs_err::canonicalize(root)?) {
        return Err(invalid(
            "the link leads out of the module, so it cannot be published; copy the file",
        ));
    }
    if real.is_dir() {
        return Err(invalid(
            "the link leads to a folder, so it cannot be published; copy the folder",
        ));
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve;

    fn write(root: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }

    fn names(files: Vec<PublishedFile>) -> Vec<String> {
        files.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn only_what_a_call_needs_is_published() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            &[
                ("dagger.json", r#"{"name": "ci", "sdk": "python", "source": "dagger"}"#),
                ("README.md", "About"),
                ("dagger/src/ci/main.py", ""),
                ("dagger/src/ci/.hidden.json", ""),
                ("dagger/src/__pycache__/main.pyc", ""),
                ("dagger/sdk/dagger.py", ""),
                ("dagger/pyproject.toml", ""),
                ("dagger/.env", "TOKEN=1"),
                ("dagger/.env.local", "TOKEN=1"),
                ("dagger/.gitignore", "credentials.json\n"),
                ("dagger/credentials.json", "{}"),
            ],
        );
        std::os::unix::fs::symlink("main.py", root.path().join("dagger/src/ci/link.py")).unwrap();
        let module = resolve(".", root.path()).unwrap();
        let expected = [
            ".gitignore",
            "pyproject.toml",
            "src/ci/.hidden.json",
            "src/ci/link.py",
            "src/ci/main.py",
        ];
        assert_eq!(names(source_files(&module).unwrap()), expected);
        let texts: Vec<String> = texts(&module).into_iter().map(|text| text.name).collect();
        assert_eq!(texts, ["README.md"]);
        std::os::unix::fs::symlink("/etc/hostname", root.path().join("dagger/out")).unwrap();
        let error = source_files(&module).unwrap_err().to_string();
        assert!(error.contains("leads out of the module"), "{error}");
    }

    #[test]
    fn packages_are_the_same_whoever_installs_them() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            &[
                ("yaml/__init__.py", ""),
                ("yaml/RECORD", ""),
                ("yaml-6.dist-info/METADATA", ""),
                ("yaml-6.dist-info/RECORD", ""),
                ("yaml-6.dist-info/INSTALLER", "uv"),
                ("yaml/__pycache__/x.pyc", ""),
                ("bin/tool", ""),
                ("yaml/bin/data", ""),
            ],
        );
        let expected = [
            "yaml-6.dist-info/METADATA",
            "yaml/RECORD",
            "yaml/__init__.py",
            "yaml/bin/data",
        ];
        assert_eq!(names(package_files(root.path()).unwrap()), expected);
    }
}
