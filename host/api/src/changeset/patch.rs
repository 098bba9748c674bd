//! A changeset as a patch, and its numbers of lines. Only the changed files are read; git compares them.

use super::paths::Paths;
use super::state::{Changeset, names};
use crate::api::Api;
use crate::error::ApiError;
use crate::git_program::git_output;
use dockwright_engine::{FileKind, FileStat};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tempfile::TempDir;

/// Lines of one path.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    /// How many were added; 0 for a binary file.
    pub added: u64,
    /// How many were removed.
    pub removed: u64,
    /// The path that the file had before, if it was renamed.
    pub old_path: Option<String>,
}

impl Changeset {
    /// The changes in the form of `git diff`, which `git apply` and `patch -p1` take. Renames are told as a removal and an addition.
    pub(crate) async fn patch(&self, api: &Arc<Api>) -> Result<Vec<u8>, ApiError> {
        let paths = self.paths(api).await?;
        if paths.before.is_empty() && paths.after.is_empty() {
            return Ok(Vec::new());
        }
        let repository = self.repository(api, &paths).await?;
        let arguments = ["diff", "--binary", "--no-renames", "--no-color", "before", "after"];
        git_output(repository.path(), &arguments, b"").await
    }

    /// Numbers of lines by path, renames found.
    pub(super) async fn lines(&self, api: &Arc<Api>) -> Result<HashMap<String, Lines>, ApiError> {
        let paths = self.paths(api).await?;
        if paths.before.is_empty() && paths.after.is_empty() {
            return Ok(HashMap::new());
        }
        let repository = self.repository(api, &paths).await?;
        let arguments = ["diff", "--numstat", "-z", "-M", "--no-color", "before", "after"];
        let output = git_output(repository.path(), &arguments, b"").await?;
        Ok(read_numbers(&String::from_utf8_lossy(&output)))
    }

    /// A repository with the changed files, as they were and as they are, on two branches.
    async fn repository(&self, api: &Arc<Api>, paths: &Paths) -> Result<TempDir, ApiError> {
        let (before, after) = self.contents(api, names(&paths.before), names(&paths.after)).await?;
        let directory = tempfile::Builder::new()
            .prefix("dockwright-patch-")
            .tempdir()
            .map_err(|error| ApiError::other(format!("cannot make a temporary directory: {error}")))?;
        git_output(directory.path(), &["init", "--quiet", "--bare"], b"").await?;
        let mut stream = Vec::new();
        commit(&mut stream, "before", &paths.before, &before);
        commit(&mut stream, "after", &paths.after, &after);
        git_output(directory.path(), &["fast-import", "--quiet"], &stream).await?;
        Ok(directory)
    }
}

/// A commit with these files in the form that `git fast-import` reads. What git has no form for (devices, its own directory) is left out.
fn commit(stream: &mut Vec<u8>, branch: &str, files: &BTreeMap<String, FileStat>, contents: &HashMap<String, Vec<u8>>) {
    stream.extend(format!("commit refs/heads/{branch}\ncommitter . <> 0 +0000\ndata 0\n").bytes());
    for (path, stat) in files {
        if path.split('/').any(|part| part.eq_ignore_ascii_case(".git")) {
            continue;
        }
        let link = stat.link.as_deref().unwrap_or_default().as_bytes();
        let (mode, content) = match stat.kind {
            FileKind::Symlink => ("120000", link),
            FileKind::File => (
                if stat.mode & 0o111 == 0 { "100644" } else { "100755" },
                contents.get(path).map(Vec::as_slice).unwrap_or_default(),
            ),
            FileKind::Directory | FileKind::Other => continue,
        };
        let quoted = path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        stream.extend(format!("M {mode} inline \"{quoted}\"\ndata {}\n", content.len()).bytes());
        stream.extend_from_slice(content);
        stream.push(b'\n');
    }
}

/// What `git diff --numstat -z` says.
fn read_numbers(text: &str) -> HashMap<String, Lines> {
    let mut result = HashMap::new();
    let mut records = text.split('\0');
    while let Some(record) = records.next() {
        let mut parts = record.splitn(3, '\t');
        let (Some(added), Some(removed), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let (path, old_path) = if path.is_empty() {
            let old = records.next().unwrap_or_default();
            (records.next().unwrap_or_default(), Some(old.to_owned()))
        } else {
            (path, None)
        };
        let lines = Lines {
            added: added.parse().unwrap_or_default(),
            removed: removed.parse().unwrap_or_default(),
            old_path,
        };
        result.insert(path.to_owned(), lines);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_renames_and_binaries() {
        let numbers = read_numbers("1\t2\ta b\0-\t-\tbin\x000\t3\t\0old\0new\0");
        let lines = |added, removed, old: Option<&str>| Lines {
            added,
            removed,
            old_path: old.map(str::to_owned),
        };
        assert_eq!(
            numbers,
            HashMap::from([
                ("a b".to_owned(), lines(1, 2, None)),
                ("bin".to_owned(), lines(0, 0, None)),
                ("new".to_owned(), lines(0, 3, Some("old"))),
            ])
        );
    }
}
