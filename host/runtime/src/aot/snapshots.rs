//! Files of snapshots: native code of the installation that starts with another content of the memory (`crate::snapshot`).
//!
//! They are trusted as all native code is: this process wrote them into a folder that only this user can write, with a record beside them.

use super::digest::{self, Digests};
use super::error::{AotError, doing};
use super::files::{Readers, check_private, private_dir};
use super::prune::keep_newest;
use super::record::Record;
use super::stat::SETTLED;
use super::trusted::Trusted;
use camino::{Utf8Path, Utf8PathBuf};
use std::sync::Arc;

/// How many are kept: some 90 MB each.
const KEPT: usize = 8;

/// The folder of snapshots for one engine: `native/<fingerprint>/snapshots/<key>.cwasm`.
#[derive(Clone, Debug)]
pub(crate) struct Snapshots {
    dir: Utf8PathBuf,
    digests: Arc<Digests>,
    fingerprint: String,
}

impl Snapshots {
    /// In the folder of an engine's native code.
    pub(super) fn new(code: &Utf8Path, digests: Arc<Digests>, fingerprint: String) -> Self {
        Snapshots {
            dir: code.join("snapshots"),
            digests,
            fingerprint,
        }
    }

    /// The snapshot, if there is one that is what its record says.
    pub(crate) fn find(&self, key: &str) -> Option<Trusted> {
        let code = self.code(key);
        if !code.exists() {
            return None;
        }
        if let Err(error) = check_private(&self.dir) {
            tracing::warn!(%error, "snapshots are not used");
            return None;
        }
        self.verify(&code, key)
    }

    /// The file that counts the uses of what has no snapshot; none where the folder cannot be made.
    pub(crate) fn uses(&self, key: &str) -> Option<Utf8PathBuf> {
        private_dir(&self.dir).ok()?;
        Some(self.uses_path(key))
    }

    fn uses_path(&self, key: &str) -> Utf8PathBuf {
        self.dir.join(format!("{key}.uses"))
    }

    /// Makes a snapshot: `write` puts it where it is told to, `check` says whether it starts as it should. Blocks the thread: one process of this user
    /// makes one at a time. Nothing happens when there is one meanwhile.
    ///
    /// # Errors
    /// What `write` or `check` says; or a file cannot be written.
    pub(crate) async fn make<T, E: From<AotError>>(
        &self,
        key: &str,
        write: impl AsyncFnOnce(&Utf8Path) -> Result<T, E>,
        check: impl AsyncFnOnce(Trusted, T) -> Result<(), E>,
    ) -> Result<(), E> {
        let begun = doing("make a snapshot");
        private_dir(&self.dir).map_err(&begun)?;
        check_private(&self.dir)?;
        let lock = fs_err::File::create(self.dir.join("making.lock")).map_err(&begun)?;
        let mut lock = fd_lock::RwLock::new(lock.into_parts().0);
        let _guard = lock.write().map_err(&begun)?;
        let code = self.code(key);
        if self.verify(&code, key).is_some() {
            return Ok(());
        }
        // One name for all: what a process that was ended has left is overwritten by the next.
        let making = self.dir.join("making.cwasm");
        let made = async {
            let written = write(&making).await?;
            let digest = digest::of_file(&making).map_err(&begun)?;
            Record::of(&self.fingerprint, key, digest).write(&making, Readers::Me)?;
            let found = self.verify(&making, key).ok_or_else(|| AotError::Io {
                doing: "use the snapshot that was just written",
                source: std::io::Error::other(making.to_string()),
            })?;
            check(found, written).await?;
            fs_err::rename(&making, &code).map_err(&begun)?;
            fs_err::rename(Record::path(&making), Record::path(&code)).map_err(&begun)?;
            Ok(())
        };
        let made = made.await;
        if made.is_err() {
            for left in [&making, &Record::path(&making)] {
                std::fs::remove_file(left).ok();
            }
            return made;
        }
        std::fs::remove_file(self.uses_path(key)).ok();
        keep_newest(&self.dir, KEPT);
        // The next call need not read it all.
        std::thread::sleep(SETTLED);
        self.verify(&code, key);
        made
    }

    fn verify(&self, code: &Utf8Path, key: &str) -> Option<Trusted> {
        Trusted::verify(code, &self.fingerprint, key, &self.digests)
    }

    fn code(&self, key: &str) -> Utf8PathBuf {
        self.dir.join(format!("{key}.cwasm"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    fn snapshots(folder: &tempfile::TempDir) -> Snapshots {
        let dir = Utf8Path::from_path(folder.path()).unwrap();
        let digests = Arc::new(Digests::new(&dir.join("cache")));
        Snapshots::new(&dir.join("code"), digests, "f".into())
    }

    async fn made(snapshots: &Snapshots, key: &str, check: Result<(), AotError>) -> Result<(), AotError> {
        let write = async |path: &Utf8Path| std::fs::write(path, "native code").map_err(doing("write"));
        snapshots.make(key, write, async |_, ()| check).await
    }

    #[tokio::test]
    async fn a_file_that_was_tampered_with_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let snapshots = snapshots(&folder);
        assert!(snapshots.find("k").is_none());
        made(&snapshots, "k", Ok(())).await.unwrap();
        assert!(snapshots.find("k").is_some());
        assert!(snapshots.find("other").is_none());
        let code = snapshots.code("k");
        std::fs::write(&code, "native c0de").unwrap();
        assert!(snapshots.find("k").is_none(), "other bytes");
        made(&snapshots, "k", Ok(())).await.unwrap();
        assert!(snapshots.find("k").is_some());
        std::fs::rename(&code, snapshots.code("l")).unwrap();
        std::fs::rename(Record::path(&code), Record::path(&snapshots.code("l"))).unwrap();
        assert!(snapshots.find("l").is_none(), "of another module");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_folder_that_others_can_write_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let snapshots = snapshots(&folder);
        made(&snapshots, "k", Ok(())).await.unwrap();
        std::fs::set_permissions(&snapshots.dir, std::fs::Permissions::from_mode(0o777)).unwrap();
        assert!(snapshots.find("k").is_none());
        assert!(made(&snapshots, "l", Ok(())).await.is_err());
    }

    #[tokio::test]
    async fn what_does_not_start_as_it_should_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let snapshots = snapshots(&folder);
        let refused = AotError::Engine("no".into());
        made(&snapshots, "k", Err(refused)).await.unwrap_err();
        assert!(snapshots.find("k").is_none());
        let left: Vec<_> = snapshots
            .dir
            .read_dir_utf8()
            .unwrap()
            .map(|entry| entry.unwrap())
            .collect();
        assert_eq!(left.len(), 1, "the lock alone: {left:?}");
    }
}
