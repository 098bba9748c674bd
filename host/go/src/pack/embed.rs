//! Files that `//go:embed` names: found as the Go command finds them, told to the compiler as it wants them.

use super::glob;
use super::listing::Wanted;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The compiler's `-embedcfg`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct EmbedConfig {
    /// Files of each pattern.
    #[serde(rename = "Patterns")]
    pub(crate) patterns: BTreeMap<String, Vec<String>>,
    /// Where each file is, for the compiler.
    #[serde(rename = "Files")]
    pub(crate) files: BTreeMap<String, String>,
}

/// Finds the files of all patterns in a package's folder. The error begins with the place of the pattern.
pub(crate) fn find(patterns: &[Wanted], folder: &Path, guest: &str, shown: &str) -> Result<EmbedConfig, String> {
    let mut config = EmbedConfig::default();
    for wanted in patterns {
        let pattern = &wanted.what;
        let files =
            expand(pattern, folder).map_err(|why| format!("{}: pattern {pattern}: {why}", wanted.place(shown)))?;
        for file in &files {
            config.files.insert(file.clone(), format!("{guest}/{file}"));
        }
        config.patterns.insert(pattern.clone(), files.into_iter().collect());
    }
    Ok(config)
}

fn expand(pattern: &str, folder: &Path) -> Result<BTreeSet<String>, String> {
    let (all, glob) = pattern
        .strip_prefix("all:")
        .map_or((false, pattern), |rest| (true, rest));
    let proper = glob == "." || glob.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !proper || glob::matches(glob, "").is_none() {
        return Err("invalid pattern syntax".to_owned());
    }
    let mut found = Vec::new();
    let parts: Vec<&str> = if glob == "." {
        Vec::new()
    } else {
        glob.split('/').collect()
    };
    matching(folder, String::new(), &parts, &mut found).map_err(|error| error.to_string())?;
    found.sort();
    if found.is_empty() {
        return Err("no matching files found".to_owned());
    }
    let mut files = BTreeSet::new();
    for path in found {
        let place = folder.join(&path);
        let kind = fs_err::symlink_metadata(&place).map_err(|error| error.to_string())?;
        check(folder, &path)?;
        if kind.is_file() {
            files.insert(path);
        } else if kind.is_dir() {
            let before = files.len();
            walk(&place, &path, all, &mut files).map_err(|error| error.to_string())?;
            if files.len() == before {
                return Err(format!("cannot embed directory {path}: contains no embeddable files"));
            }
        } else {
            return Err(format!("cannot embed irregular file {path}"));
        }
    }
    Ok(files)
}

/// Paths below the folder that match element by element.
fn matching(folder: &Path, path: String, parts: &[&str], found: &mut Vec<String>) -> std::io::Result<()> {
    let Some((first, rest)) = parts.split_first() else {
        found.push(if path.is_empty() { ".".to_owned() } else { path });
        return Ok(());
    };
    let place = folder.join(&path);
    if !place.is_dir() {
        return Ok(());
    }
    for entry in fs_err::read_dir(place)? {
        let name = entry?.file_name();
        if let Some(name) = name.to_str().filter(|name| glob::matches(first, name) == Some(true)) {
            matching(folder, joined(&path, name), rest, found)?;
        }
    }
    Ok(())
}

/// What may not be embedded by name: another module's files, and version control's.
fn check(folder: &Path, path: &str) -> Result<(), String> {
    let mut place = folder.to_owned();
    for part in path.split('/').filter(|part| *part != ".") {
        place.push(part);
        if place.join("go.mod").is_file() && place.is_dir() {
            return Err(format!("cannot embed directory {path}: in different module"));
        }
        if is_bad_name(part) {
            return Err(format!("cannot embed {path}: invalid name {part}"));
        }
    }
    Ok(())
}

fn walk(place: &Path, path: &str, all: bool, files: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in fs_err::read_dir(place)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_bad_name(name) || (!all && name.starts_with(['.', '_'])) {
            continue;
        }
        let kind = entry.file_type()?;
        let inner = joined(path, name);
        if kind.is_file() {
            files.insert(inner);
        } else if kind.is_dir() && !entry.path().join("go.mod").is_file() {
            walk(&entry.path(), &inner, all, files)?;
        }
    }
    Ok(())
}

fn is_bad_name(name: &str) -> bool {
    [".bzr", ".hg", ".git", ".svn"].contains(&name)
        || name.contains(|letter: char| letter.is_control() || "\"*<>?`'|/\\:".contains(letter))
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() || path == "." {
        name.to_owned()
    } else {
        format!("{path}/{name}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "a.txt",
            "b.txt",
            "static/x.css",
            "static/.hidden",
            "static/_part",
            "static/deep/y.js",
            "other/go.mod",
            "other/z",
        ] {
            let path = folder.path().join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, "").unwrap();
        }
        fs_err::create_dir(folder.path().join("empty")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("link")).unwrap();
        folder
    }

    #[test]
    fn patterns_become_files() {
        let folder = folder();
        let files = |pattern: &str| Vec::from_iter(expand(pattern, folder.path()).unwrap()).join(" ");
        assert_eq!(files("*.txt"), "a.txt b.txt");
        assert_eq!(files("static"), "static/deep/y.js static/x.css");
        assert_eq!(
            files("all:static"),
            "static/.hidden static/_part static/deep/y.js static/x.css"
        );
        assert_eq!(
            files("static/*"),
            "static/.hidden static/_part static/deep/y.js static/x.css"
        );
        assert_eq!(files("static/*/y.js"), "static/deep/y.js");
    }

    #[test]
    fn what_cannot_be_is_told_as_go_does() {
        let folder = folder();
        let told = |pattern: &str| {
            let wanted = Wanted {
                what: pattern.to_owned(),
                file: "main.go".to_owned(),
                line: 8,
                column: 12,
            };
            find(&[wanted], folder.path(), "/src", "").unwrap_err()
        };
        assert_eq!(told("no"), "main.go:8:12: pattern no: no matching files found");
        assert_eq!(told("../x"), "main.go:8:12: pattern ../x: invalid pattern syntax");
        assert_eq!(told("/etc"), "main.go:8:12: pattern /etc: invalid pattern syntax");
        assert_eq!(told("["), "main.go:8:12: pattern [: invalid pattern syntax");
        assert!(told("link").ends_with("cannot embed irregular file link"));
        assert!(told("other").ends_with("in different module"));
        assert!(told("empty").ends_with("contains no embeddable files"));
    }
}
