//! Patches: the files that one names are read, git applies it to them, and what changed goes back.

use super::copy::with_parent;
use super::state::Directory;
use crate::api::Api;
use crate::error::ApiError;
use crate::git_program::git;
use crate::paths;
use dockwright_engine::llb::{Output, file};
use dockwright_engine::{FileKind, FileStat, TreeEntry};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The directory's file system with the patch applied below the directory.
pub(super) async fn apply(api: &Arc<Api>, directory: &Directory, patch: &[u8]) -> Result<Output, ApiError> {
    if patch.trim_ascii().is_empty() {
        return Ok(directory.output.clone());
    }
    let named = named(patch);
    let stats: Arc<Mutex<BTreeMap<String, FileStat>>> = Arc::default();
    let contents = if directory.output.is_scratch() {
        HashMap::new()
    } else {
        let (seen, wanted) = (stats.clone(), named.clone());
        let choose = move |entry: &TreeEntry| {
            let is_named = wanted.contains(&entry.path);
            if is_named {
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.insert(entry.path.clone(), entry.stat.clone());
            }
            is_named
        };
        api.engine().await?.read_files(&directory.as_root(), choose).await?
    };
    let stats = std::mem::take(&mut *stats.lock().unwrap_or_else(PoisonError::into_inner));
    let failed = |error: std::io::Error| ApiError::other(format!("cannot apply the patch: {error}"));
    let work = tempfile::Builder::new()
        .prefix("dockwright-patch-")
        .tempdir()
        .map_err(failed)?;
    for (path, stat) in &stats {
        put(work.path(), path, stat, contents.get(path)).map_err(failed)?;
    }
    let arguments = ["apply", "--whitespace=nowarn", "-p1", "-"];
    let output = git(work.path(), &arguments, patch).await?;
    if !output.status.success() {
        return Err(ApiError::other(format!(
            "the patch does not apply: {}",
            String::from_utf8_lossy(&output.stderr).trim().replace("error: ", "")
        )));
    }
    let mut changed = directory.output.clone();
    let now = files_below(work.path()).map_err(failed)?;
    for path in stats.keys().filter(|path| !now.contains(*path)) {
        changed = file::rm(&changed, &paths::join(&directory.path, path), true, false);
    }
    for path in now {
        let target = paths::join(&directory.path, &path);
        let place = work.path().join(&path);
        let metadata = fs_err::symlink_metadata(&place).map_err(failed)?;
        let known = stats.get(&path);
        let base = || match known {
            Some(_) => changed.clone(),
            None => with_parent(&changed, &target),
        };
        if metadata.is_symlink() {
            let link = fs_err::read_link(&place)
                .map_err(failed)?
                .to_string_lossy()
                .into_owned();
            if known.and_then(|stat| stat.link.as_ref()) != Some(&link) {
                let cleared = file::rm(&base(), &target, true, false);
                changed = file::symlink(&cleared, &link, &target, None);
            }
            continue;
        }
        let content = fs_err::read(&place).map_err(failed)?;
        // Git knows one permission only; the others stay as they were.
        let is_executable = metadata.mode() & 0o100 != 0;
        let mode = match known {
            Some(stat) if (stat.mode & 0o100 != 0) == is_executable => stat.mode,
            _ if is_executable => 0o755,
            _ => 0o644,
        };
        let is_same = known.is_some_and(|stat| stat.kind == FileKind::File && stat.mode == mode)
            && contents.get(&path) == Some(&content);
        if !is_same {
            let base = match known {
                Some(stat) if stat.kind != FileKind::File => file::rm(&base(), &target, true, false),
                _ => base(),
            };
            changed = file::mkfile(&base, &target, mode, content, None);
        }
    }
    Ok(changed)
}

/// Writes a file of the engine's below a directory.
fn put(root: &Path, path: &str, stat: &FileStat, content: Option<&Vec<u8>>) -> std::io::Result<()> {
    let place = root.join(path);
    if let Some(parent) = place.parent() {
        fs_err::create_dir_all(parent)?;
    }
    match stat.kind {
        FileKind::Symlink => fs_err::os::unix::fs::symlink(stat.link.as_deref().unwrap_or_default(), &place),
        FileKind::File => {
            fs_err::write(&place, content.map(Vec::as_slice).unwrap_or_default())?;
            let mode = if stat.mode & 0o100 == 0 { 0o644 } else { 0o755 };
            fs_err::set_permissions(&place, std::fs::Permissions::from_mode(mode))
        }
        FileKind::Directory | FileKind::Other => Ok(()),
    }
}

/// Paths of all files and links below a directory.
fn files_below(root: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut pending = vec![PathBuf::new()];
    while let Some(relative) = pending.pop() {
        for entry in fs_err::read_dir(root.join(&relative))? {
            let entry = entry?;
            let path = relative.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                pending.push(path);
            } else {
                found.insert(path.to_string_lossy().into_owned());
            }
        }
    }
    Ok(found)
}

/// Every path that the patch may be about; more than it really changes does no harm.
fn named(patch: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |name: &str, strip: bool| {
        let name = unquoted(name);
        let name = if strip {
            name.split_once('/').map(|(_, rest)| rest.to_owned())
        } else {
            Some(name)
        };
        found.extend(name.filter(|name| !name.is_empty()));
    };
    for line in String::from_utf8_lossy(patch).lines() {
        if let Some(name) = line.strip_prefix("--- ").or_else(|| line.strip_prefix("+++ ")) {
            add(name.split('\t').next().unwrap_or(name), true);
        } else if let Some(name) = ["rename from ", "rename to ", "copy from ", "copy to "]
            .iter()
            .find_map(|prefix| line.strip_prefix(prefix))
        {
            add(name, false);
        } else if let Some(names) = line.strip_prefix("diff --git ") {
            // Without other lines (a new mode, a binary) both names are the same.
            let half = names.len() / 2;
            if names.is_char_boundary(half) {
                let (first, second) = names.split_at(half);
                add(first, true);
                add(second.trim_start(), true);
            }
        }
    }
    found
}

/// A name as git quotes it: in double quotes, with C's escapes, when it has unusual characters.
fn unquoted(name: &str) -> String {
    let Some(inner) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = inner.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'r') => bytes.push(b'\r'),
            Some(first @ b'0'..=b'7') => {
                let digits = [Some(first), rest.next(), rest.next()];
                let value = digits
                    .into_iter()
                    .flatten()
                    .fold(0_u32, |value, digit| value * 8 + u32::from(digit.saturating_sub(b'0')));
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_patch_are_found() {
        let patch = "diff --git a/mode b/mode\nold mode 100644\nnew mode 100755\n\
                     diff --git a/old name b/new\nrename from old name\nrename to new\n\
                     --- a/dir/x\t2020-01-01\n+++ \"b/t\\303\\244b\\n\"\n@@ -1 +1 @@\n-a\n+b\n\
                     --- /dev/null\n+++ b/added\n";
        let found = named(patch.as_bytes());
        for name in ["mode", "old name", "new", "dir/x", "täb\n", "added"] {
            assert!(found.contains(name), "{name} in {found:?}");
        }
    }
}
