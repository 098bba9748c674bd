//! Which paths differ between two trees.
//!
//! Times alone do not tell: containers that run side by side write files in the same tick of the clock. So what looks alike is compared by its
//! content, unless the older tree comes from the host, whose files count as unchanged when size, permissions and modification time are the
//! same, as for git and rsync.

use crate::error::ApiError;
use dockwright_engine::llb::Output;
use dockwright_engine::{Engine, FileKind, FileStat, TreeEntry};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The paths that differ. Directories end with `/`. All lists are sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Paths {
    /// What only the newer tree has.
    pub added: Vec<String>,
    /// Files and links that both have, with another content, target or permissions.
    pub modified: Vec<String>,
    /// What only the older tree has.
    pub removed: Vec<String>,
    /// Facts of removed and modified files in the older tree.
    pub before: BTreeMap<String, FileStat>,
    /// Facts of added and modified files in the newer tree.
    pub after: BTreeMap<String, FileStat>,
}

impl Paths {
    /// Compares two trees.
    pub(crate) async fn between(engine: &Engine, before: &Output, after: &Output) -> Result<Paths, ApiError> {
        if before == after {
            return Ok(Paths::default());
        }
        let list = |tree: Output| async move {
            if tree.is_scratch() {
                Ok(Vec::new())
            } else {
                engine.list_tree(&tree).await
            }
        };
        let (old, new) = tokio::try_join!(list(before.clone()), list(after.clone()))?;
        let (mut paths, mut unclear) = compare(&old, &new);
        if before.is_upload() {
            unclear.retain(|_, (before, after)| before.modified != after.modified);
        }
        if unclear.is_empty() {
            return Ok(paths);
        }
        let wanted: HashSet<String> = unclear.keys().cloned().collect();
        let content = |tree: Output| {
            let wanted = wanted.clone();
            async move {
                engine
                    .read_files(&tree, move |entry| wanted.contains(&entry.path))
                    .await
            }
        };
        let (old, new) = tokio::try_join!(content(before.clone()), content(after.clone()))?;
        for (path, stats) in unclear {
            if old.get(&path) != new.get(&path) {
                paths.modify(&path, stats.0, stats.1);
            }
        }
        paths.modified.sort();
        Ok(paths)
    }

    /// Whether nothing differs.
    pub(crate) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.modified.is_empty() && self.removed.is_empty()
    }

    fn modify(&mut self, path: &str, before: FileStat, after: FileStat) {
        self.modified.push(path.to_owned());
        self.before.insert(path.to_owned(), before);
        self.after.insert(path.to_owned(), after);
    }
}

/// Of a sorted list, what lies in no directory that is in the list itself.
pub(crate) fn topmost(paths: &[String]) -> Vec<String> {
    let directories: HashSet<&str> = paths
        .iter()
        .filter(|path| path.ends_with('/'))
        .map(String::as_str)
        .collect();
    let is_inside = |path: &str| {
        let path = path.strip_suffix('/').unwrap_or(path);
        path.match_indices('/').any(|(end, _)| {
            path.get(..=end)
                .is_some_and(|directory| directories.contains(directory))
        })
    };
    paths.iter().filter(|path| !is_inside(path)).cloned().collect()
}

/// What two listings say, and the files of which only the content can say more.
fn compare(before: &[TreeEntry], after: &[TreeEntry]) -> (Paths, HashMap<String, (FileStat, FileStat)>) {
    let is_directory = |entry: &TreeEntry| entry.stat.kind == FileKind::Directory;
    let named = |entry: &TreeEntry| {
        if is_directory(entry) {
            format!("{}/", entry.path)
        } else {
            entry.path.clone()
        }
    };
    let old: HashMap<String, &TreeEntry> = before.iter().map(|entry| (named(entry), entry)).collect();
    let new: HashSet<String> = after.iter().map(named).collect();
    let mut paths = Paths::default();
    let mut unclear = HashMap::new();
    for entry in before.iter().filter(|entry| !new.contains(&named(entry))) {
        paths.removed.push(named(entry));
        if !is_directory(entry) {
            paths.before.insert(entry.path.clone(), entry.stat.clone());
        }
    }
    for entry in after {
        let Some(known) = old.get(&named(entry)) else {
            paths.added.push(named(entry));
            if !is_directory(entry) {
                paths.after.insert(entry.path.clone(), entry.stat.clone());
            }
            continue;
        };
        let (a, b) = (&known.stat, &entry.stat);
        if is_directory(entry) {
            continue;
        }
        if (a.kind, a.mode, a.size, &a.link) != (b.kind, b.mode, b.size, &b.link) {
            paths.modify(&entry.path, a.clone(), b.clone());
        } else if a.kind == FileKind::File && a.size > 0 {
            unclear.insert(entry.path.clone(), (a.clone(), b.clone()));
        }
    }
    paths.added.sort();
    paths.removed.sort();
    (paths, unclear)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, mode: u32, size: u64) -> TreeEntry {
        let mut entry = crate::ignore_rules::tests::entry(path);
        (entry.stat.mode, entry.stat.size) = (mode, size);
        entry
    }

    #[test]
    fn listings_say_what_they_can() {
        let before = [
            entry("dir/", 0o755, 0),
            entry("dir/same", 0o644, 3),
            entry("dir/mode", 0o644, 3),
            entry("empty", 0o644, 0),
            entry("gone/", 0o755, 0),
            entry("gone/x", 0o644, 1),
            entry("kind", 0o644, 1),
            entry("size", 0o644, 1),
        ];
        let after = [
            entry("dir/", 0o700, 0),
            entry("dir/same", 0o644, 3),
            entry("dir/mode", 0o755, 3),
            entry("empty", 0o644, 0),
            entry("kind/", 0o755, 0),
            entry("kind/x", 0o644, 1),
            entry("size", 0o644, 2),
        ];
        let (paths, unclear) = compare(&before, &after);
        assert_eq!(paths.added, ["kind/", "kind/x"]);
        assert_eq!(paths.modified, ["dir/mode", "size"]);
        assert_eq!(paths.removed, ["gone/", "gone/x", "kind"]);
        assert_eq!(topmost(&paths.removed), ["gone/", "kind"]);
        assert_eq!(unclear.keys().collect::<Vec<_>>(), ["dir/same"]);
        assert_eq!(
            paths.before.keys().collect::<Vec<_>>(),
            ["dir/mode", "gone/x", "kind", "size"]
        );
    }
}
