//! Where a module and its context are on disk.

use crate::error::ModuleError;
use crate::manifest::{FILE_NAME, TOML_NAME};
use dockwright_schema::names::camel_case;
use std::path::{Component, Path, PathBuf};

/// The manifest in exactly that directory: `dagger.json`, else the `dagger-module.toml` of Dagger 1.0.
pub(crate) fn manifest_in(directory: &Path) -> Option<PathBuf> {
    [FILE_NAME, TOML_NAME]
        .map(|name| directory.join(name))
        .into_iter()
        .find(|path| path.is_file())
}

/// The manifest of the module at `start` or in a directory above it, up to the git repository's root (or the file system's).
pub fn find_manifest(start: &Path) -> Result<PathBuf, ModuleError> {
    let start = fs_err::canonicalize(start)?;
    for directory in start.ancestors() {
        if let Some(manifest) = manifest_in(directory) {
            return Ok(manifest);
        }
        if directory.join(".git").exists() {
            break;
        }
    }
    Err(ModuleError::NotFound { start })
}

/// The module's context: the root of the git repository that it is in, else its own directory.
pub fn context_root(module: &Path) -> PathBuf {
    module
        .ancestors()
        .find(|directory| directory.join(".git").exists())
        .unwrap_or(module)
        .to_owned()
}

/// Whether two modules have the same name in the API, where types are named after them.
pub(crate) fn is_same_name(a: &str, b: &str) -> bool {
    camel_case(a).eq_ignore_ascii_case(&camel_case(b))
}

/// The path without `.` and `..`, by its text alone.
pub(crate) fn cleaned(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if clean.parent().is_some() => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// The way from one directory to a path, both absolute and clean: `../lib`, `.`, `a/b`.
pub(crate) fn relative_path(from: &Path, to: &Path) -> PathBuf {
    let shared = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(shared)).collect();
    if way.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_goes_up_to_the_repository() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let inner = root.join("repo/module/src/deep");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::create_dir(root.join("repo/.git")).unwrap();
        std::fs::write(root.join("dagger.json"), "{}").unwrap();
        assert!(matches!(find_manifest(&inner), Err(ModuleError::NotFound { .. })));
        std::fs::write(root.join("repo/module/dagger.json"), "{}").unwrap();
        assert_eq!(find_manifest(&inner).unwrap(), root.join("repo/module/dagger.json"));
        assert_eq!(context_root(&root.join("repo/module")), root.join("repo"));
    }

    #[test]
    fn names_by_what_they_become() {
        assert!(is_same_name("my-lib", "MyLib") && is_same_name("CI", "ci") && !is_same_name("lib", "libs"));
    }

    #[test]
    fn paths_by_their_text() {
        for (path, clean) in [
            ("/a/./b/../c", "/a/c"),
            ("/a/b/../..", "/"),
            ("/..", "/.."),
            ("/a//b/", "/a/b"),
        ] {
            assert_eq!(cleaned(Path::new(path)), Path::new(clean), "{path}");
        }
        for (from, to, way) in [
            ("/a/b", "/a/c/d", "../c/d"),
            ("/a", "/a/b", "b"),
            ("/a/b", "/a/b", "."),
            ("/a/b/c", "/a", "../.."),
        ] {
            assert_eq!(
                relative_path(Path::new(from), Path::new(to)),
                Path::new(way),
                "{from} {to}"
            );
        }
    }
}
