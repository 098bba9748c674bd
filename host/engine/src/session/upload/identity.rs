//! A name for what a directory holds, made without reading any content: equal names mean that nothing was touched in between.
//!
//! An engine keeps uploads under the session that they came through. A session that is named after what it would upload makes the engine
//! find the earlier upload, and ask for nothing.

use super::listing::Listing;
use super::walk::walk;
use crate::session::LocalDirectory;
use sha2::{Digest, Sha256};
use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

/// A file that changed less than this ago can change again without its times telling: clocks of file systems tick slowly.
const SETTLED: Duration = Duration::from_millis(20);

/// The name of what is in the directory now that an engine asks for by `key`: of paths, kinds, permissions, sizes, links and times. With it, what
/// was found, for an upload that follows at once. There is no name when files changed just now, and nothing when the directory cannot be read,
/// which the upload then tells. Blocking.
pub(crate) fn identity(key: &str, directory: &LocalDirectory) -> Option<(Option<String>, Listing)> {
    let settled = SystemTime::now().checked_sub(SETTLED)?;
    let settled = i64::try_from(settled.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_nanos()).ok()?;
    let mut hash = Sha256::new();
    // Whoever opens a session of this name serves that key.
    hash.update(key);
    hash.update(directory.hint());
    let mut newest = i64::MIN;
    let mut listing = Listing::begin();
    walk(directory, &mut |found| {
        let stat = &found.stat;
        newest = newest.max(found.changed_ns);
        for text in [&stat.path, &stat.linkname] {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        hash.update(stat.mode.to_le_bytes());
        for number in [stat.size, stat.mod_time, found.changed_ns] {
            hash.update(number.to_le_bytes());
        }
        listing.add(found);
        ControlFlow::Continue(())
    })
    .ok()?;
    let name = || hex::encode(hash.finalize()).chars().take(40).collect();
    Some(((newest < settled).then(name), listing))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{SETTLED, identity};
    use crate::session::LocalDirectory;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn settle() {
        std::thread::sleep(SETTLED * 2);
    }

    #[test]
    fn every_touch_gives_another_name() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a");
        let directory = LocalDirectory::new(root.path());
        fs::write(&file, "one").unwrap();
        settle();
        let name = || identity("key", &directory).unwrap().0.unwrap();
        let mut names = vec![name()];
        assert_eq!(name(), names[0]);
        let touches: [&dyn Fn(); 4] = [
            &|| fs::write(&file, "two").unwrap(),
            &|| fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap(),
            &|| {
                let modified = fs::metadata(&file).unwrap().modified().unwrap();
                fs::write(&file, "six").unwrap();
                let opened = fs::File::options().write(true).open(&file).unwrap();
                opened.set_modified(modified).unwrap();
            },
            &|| fs::write(root.path().join("b"), "").unwrap(),
        ];
        for touch in touches {
            touch();
            settle();
            names.push(name());
        }
        let distinct: std::collections::HashSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        assert_ne!(identity("other", &directory).unwrap().0.unwrap(), name());
    }

    #[test]
    fn what_changed_just_now_has_no_name_yet() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a"), "one").unwrap();
        assert!(identity("key", &LocalDirectory::new(root.path())).unwrap().0.is_none());
        assert!(identity("key", &LocalDirectory::new("/no/such/directory")).is_none());
    }
}
