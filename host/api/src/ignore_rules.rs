//! Ignore files within a tree of the engine: which paths their rules leave out. Pure: the tree was listed, the files were read.

use crate::error::ApiError;
use dockwright_engine::llb::Output;
use dockwright_engine::{Engine, FileKind, TreeEntry};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What git reads.
pub(crate) const GITIGNORE: &[&str] = &[".gitignore"];
/// What search programs read besides.
pub(crate) const SEARCH_IGNORE: &[&str] = &[".gitignore", ".ignore", ".rgignore"];

/// The rules of all ignore files of a tree, by the directory that they lie in (empty for the root).
pub(crate) struct IgnoreRules(HashMap<String, Vec<Gitignore>>);

impl IgnoreRules {
    /// From the content of ignore files by path. What cannot be read as a pattern is passed over, as git does.
    pub(crate) fn new(files: &HashMap<String, Vec<u8>>) -> IgnoreRules {
        let mut rules: HashMap<String, Vec<Gitignore>> = HashMap::new();
        let mut paths: Vec<_> = files.iter().collect();
        paths.sort();
        for (path, content) in paths {
            let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
            let mut builder = GitignoreBuilder::new(format!("/{directory}"));
            // As git does, a line that is no pattern is passed over.
            for line in String::from_utf8_lossy(content).lines() {
                builder.add_line(None, line).ok();
            }
            if let Ok(built) = builder.build() {
                rules.entry(directory.to_owned()).or_default().push(built);
            }
        }
        IgnoreRules(rules)
    }

    /// Whether the rules of the directories above leave the path out; directories above it are not looked at themselves.
    fn ignores(&self, path: &str, is_directory: bool) -> bool {
        let full = format!("/{path}");
        let mut directory = path;
        while !directory.is_empty() {
            directory = directory.rsplit_once('/').map_or("", |(directory, _)| directory);
            for rules in self.0.get(directory).into_iter().flatten().rev() {
                match rules.matched(&full, is_directory) {
                    Match::Ignore(_) => return true,
                    Match::Whitelist(_) => return false,
                    Match::None => {}
                }
            }
        }
        false
    }

    /// The paths that are left out, of a listing in order; what lies in a directory that is left out is not told again.
    pub(crate) fn left_out(&self, entries: &[TreeEntry]) -> Vec<String> {
        let mut left_out: Vec<String> = Vec::new();
        for entry in entries {
            let inside = |directory: &String| {
                entry
                    .path
                    .strip_prefix(directory.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            if !left_out.last().is_some_and(inside) && self.ignores(&entry.path, entry.stat.kind == FileKind::Directory)
            {
                left_out.push(entry.path.clone());
            }
        }
        left_out
    }
}

/// All entries of a tree, and what its ignore files of those names leave out.
pub(crate) async fn left_out(
    engine: &Engine,
    tree: &Output,
    names: &'static [&'static str],
) -> Result<(Vec<TreeEntry>, Vec<String>), ApiError> {
    let entries: Arc<Mutex<Vec<TreeEntry>>> = Arc::default();
    let seen = entries.clone();
    let files = engine
        .read_files(tree, move |entry| {
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(entry.clone());
            names.contains(&crate::paths::file_name(&entry.path))
        })
        .await?;
    let entries = std::mem::take(&mut *entries.lock().unwrap_or_else(PoisonError::into_inner));
    let left_out = IgnoreRules::new(&files).left_out(&entries);
    Ok((entries, left_out))
}

/// A pattern of the engine's copies that matches this path and no other.
pub(crate) fn pattern_of(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for (index, c) in path.char_indices() {
        match c {
            '*' | '?' | '[' | ']' | '\\' => {
                pattern.push('\\');
                pattern.push(c);
            }
            '!' if index == 0 => pattern.push_str("\\!"),
            // Blanks at the ends would be cut off.
            ' ' if index == 0 || index + 1 == path.len() => pattern.push_str("[ ]"),
            other => pattern.push(other),
        }
    }
    pattern
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use dockwright_engine::FileStat;

    pub(crate) fn entry(path: &str) -> TreeEntry {
        let (path, kind) = match path.strip_suffix('/') {
            Some(path) => (path, FileKind::Directory),
            None => (path, FileKind::File),
        };
        TreeEntry {
            path: path.to_owned(),
            stat: FileStat {
                name: crate::paths::file_name(path).to_owned(),
                kind,
                mode: 0o644,
                size: 0,
                modified: 0,
                uid: 0,
                gid: 0,
                link: None,
            },
        }
    }

    #[test]
    fn inner_rules_come_before_outer_ones() {
        let files = HashMap::from([
            (".gitignore".to_owned(), b"*.log\nbuild/\n/top\n".to_vec()),
            ("sub/.gitignore".to_owned(), b"!keep.log\n/own\n".to_vec()),
        ]);
        let entries: Vec<_> = [
            "a.log",
            "build/",
            "build/x",
            "sub/",
            "sub/keep.log",
            "sub/other.log",
            "sub/own",
            "sub/top",
            "top",
            "x",
        ]
        .map(entry)
        .into();
        assert_eq!(
            IgnoreRules::new(&files).left_out(&entries),
            ["a.log", "build", "sub/other.log", "sub/own", "top"]
        );
    }

    #[test]
    fn a_pattern_means_its_path_alone() {
        assert_eq!(pattern_of("a/[x]*?.txt"), "a/\\[x\\]\\*\\?.txt");
        assert_eq!(pattern_of("!a b "), "\\!a b[ ]");
    }
}
