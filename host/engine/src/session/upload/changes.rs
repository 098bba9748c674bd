//! What changed in a directory since an earlier upload of it, if that is little and simple enough to tell by itself.

use super::go_mode;
use super::listing::Listing;
use super::record::Earlier;
use super::walk::Found;
use crate::llb::upload::Change;
use bollard_buildkit_proto::fsutil::types::Stat;
use std::collections::HashMap;
use std::path::Path;

/// Most changes that are told by themselves. With more the engine compares the whole directory.
const MOST: usize = 256;
/// Most bytes of changed files. They travel with every request that is about the directory.
const MOST_BYTES: i64 = 1 << 20;

/// The changes from the earlier upload to what was found; none when the engine had better compare everything: too much changed, a
/// directory has other permissions, or something that only an upload can tell, such as one file of several names. Blocking.
pub(crate) fn changes(earlier: &Earlier, listing: &Listing) -> Option<Vec<Change>> {
    let mut before: HashMap<&str, &(Stat, i64)> = earlier
        .entries
        .iter()
        .map(|entry| (entry.0.path.as_str(), entry))
        .collect();
    let mut changed = Vec::new();
    let mut bytes = 0;
    for found in listing.complete()? {
        let before = before.remove(found.stat.path.as_str());
        if before.is_some_and(|(stat, changed_ns)| is_same(stat, *changed_ns, found)) {
            continue;
        }
        changed.push((before, found));
        bytes += found.stat.size;
        if changed.len() > MOST || bytes > MOST_BYTES {
            return None;
        }
    }
    let mut changes = removals(earlier, &before)?;
    for (before, found) in changed {
        changes.extend(replace(before.map(|(stat, _)| stat), found)?);
    }
    Some(changes)
}

/// Whether it is as it was. Of a directory only the permissions count: its times tell of what is in it.
fn is_same(stat: &Stat, changed_ns: i64, now: &Found) -> bool {
    if is_directory(stat) && is_directory(&now.stat) {
        return stat.mode == now.stat.mode;
    }
    stat == &now.stat && changed_ns == now.changed_ns
}

/// What is gone; nothing in a directory that is gone itself.
fn removals(earlier: &Earlier, gone: &HashMap<&str, &(Stat, i64)>) -> Option<Vec<Change>> {
    let mut removals = Vec::new();
    let mut above: Option<&str> = None;
    // In the order of the walk what is in a directory follows it at once.
    for (stat, _) in earlier
        .entries
        .iter()
        .filter(|(stat, _)| gone.contains_key(stat.path.as_str()))
    {
        if above.is_some_and(|above| Path::new(&stat.path).starts_with(above)) {
            continue;
        }
        if is_directory(stat) {
            above = Some(&stat.path);
        }
        removals.push(Change::Remove(stat.path.clone()));
        if removals.len() > MOST {
            return None;
        }
    }
    Some(removals)
}

fn replace(before: Option<&Stat>, now: &Found) -> Option<Vec<Change>> {
    if before.is_some_and(is_directory) {
        return None;
    }
    let (stat, permissions) = (&now.stat, now.stat.mode & 0o777);
    let (path, modified) = (stat.path.clone(), stat.mod_time);
    let is_file = stat.mode == permissions;
    let mut changes = Vec::new();
    // A file takes the place of a file, but would be written through a link.
    if before.is_some_and(|before| !is_file || before.mode & go_mode::SYMLINK != 0) {
        changes.push(Change::Remove(path.clone()));
    }
    if modified < 0 {
        return None;
    }
    if stat.mode & go_mode::SYMLINK != 0 {
        let target = stat.linkname.clone();
        changes.push(Change::Link { path, target, modified });
        return Some(changes);
    }
    if stat.mode == permissions | go_mode::DIRECTORY {
        let mode = permissions;
        changes.push(Change::Directory { path, mode, modified });
        return Some(changes);
    }
    if !is_file {
        return None;
    }
    let data = fs_err::read(now.content.as_ref()?).ok()?;
    if i64::try_from(data.len()).ok()? != stat.size {
        return None;
    }
    changes.push(Change::File {
        path,
        mode: permissions,
        modified,
        data,
    });
    Some(changes)
}

fn is_directory(stat: &Stat) -> bool {
    stat.mode & go_mode::DIRECTORY != 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::super::identity::identity;
    use super::super::record::Earlier;
    use super::{Change, MOST, changes};
    use crate::session::LocalDirectory;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    /// The changes that an act in a small directory makes, briefly.
    fn told(act: impl FnOnce(&Path)) -> Option<Vec<String>> {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        for name in ["a", "b", "d/e/f", "d/e/g", "d-1"] {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), name).unwrap();
        }
        symlink("a", path("link")).unwrap();
        let directory = LocalDirectory::new(root.path());
        let listing = || identity("key", &directory).unwrap().1;
        let earlier = Earlier::of("s", &listing()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        act(root.path());
        let changes = changes(&earlier, &listing())?;
        Some(changes.into_iter().map(brief).collect())
    }

    fn brief(change: Change) -> String {
        match change {
            Change::Remove(path) => format!("- {path}"),
            Change::File { path, mode, data, .. } => {
                format!("{path} {mode:o} {}", String::from_utf8_lossy(&data))
            }
            Change::Directory { path, mode, .. } => format!("{path}/ {mode:o}"),
            Change::Link { path, target, .. } => format!("{path} -> {target}"),
        }
    }

    #[test]
    fn little_changes_are_told() {
        assert_eq!(told(|_| {}).unwrap(), [""; 0]);
        let wrote = told(|root| {
            fs::write(root.join("a"), "new").unwrap();
            fs::write(root.join("d/e/h"), "more").unwrap();
            fs::set_permissions(root.join("b"), fs::Permissions::from_mode(0o755)).unwrap();
        });
        assert_eq!(wrote.unwrap(), ["a 644 new", "b 755 b", "d/e/h 644 more"]);
        let directories = told(|root| {
            fs::remove_file(root.join("a")).unwrap();
            fs::create_dir_all(root.join("a/deep")).unwrap();
            fs::write(root.join("a/deep/x"), "x").unwrap();
        });
        assert_eq!(directories.unwrap(), ["- a", "a/ 755", "a/deep/ 755", "a/deep/x 644 x"]);
        let removed = told(|root| {
            fs::remove_dir_all(root.join("d")).unwrap();
            fs::remove_file(root.join("b")).unwrap();
        });
        assert_eq!(removed.unwrap(), ["- b", "- d"]);
        let links = told(|root| {
            for (name, target) in [("link", None), ("a", Some("b")), ("other", Some("a"))] {
                fs::remove_file(root.join(name)).ok();
                match target {
                    Some(target) => symlink(target, root.join(name)).unwrap(),
                    None => fs::write(root.join(name), "no link").unwrap(),
                }
            }
        });
        assert_eq!(
            links.unwrap(),
            ["- a", "a -> b", "- link", "link 644 no link", "other -> a"]
        );
    }

    #[test]
    fn what_only_an_upload_can_tell_is_left_to_it() {
        let acts: [&dyn Fn(&Path); 6] = [
            &|root| fs::set_permissions(root.join("d"), fs::Permissions::from_mode(0o700)).unwrap(),
            &|root| fs::hard_link(root.join("a"), root.join("a2")).unwrap(),
            &|root| fs::set_permissions(root.join("a"), fs::Permissions::from_mode(0o4755)).unwrap(),
            &|root| {
                fs::remove_dir_all(root.join("d")).unwrap();
                fs::write(root.join("d"), "a file now").unwrap();
            },
            &|root| fs::write(root.join("a"), vec![0; (1 << 20) + 1]).unwrap(),
            &|root| (0..=MOST).for_each(|number| fs::write(root.join(format!("n{number}")), "").unwrap()),
        ];
        for (number, act) in acts.iter().enumerate() {
            assert_eq!(told(|root| act(root)), None, "{number}");
        }
    }
}
