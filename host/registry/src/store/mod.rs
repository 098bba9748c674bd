//! Artifacts on disk: blobs by digest, laid out as in an OCI image layout; layers unpacked beside them; what tags were found to lead to.
//!
//! A blob gets its name when it was verified and not before: it is staged, digested and renamed. Processes share the store without locks, for
//! whoever comes second finds the same content.

mod attachments;
mod error;
mod staged;
mod tags;
mod unpacked;
mod vendor;

pub use error::StoreError;
pub(crate) use staged::StagedBlob;
pub use tags::Remembered;
pub use vendor::{Vendor, VendorEntry};

use crate::digest::Digest;
use crate::format::Descriptor;
use std::path::{Path, PathBuf};

/// The store.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in that directory, which is made when something is first kept.
    pub fn new(root: impl Into<PathBuf>) -> Store {
        Store { root: root.into() }
    }

    /// Where the blob of that digest is, or would be.
    pub fn blob(&self, digest: Digest) -> PathBuf {
        blob_in(&self.root, digest)
    }

    /// Whether the blob is there. It was verified when it got its place; here only its size is looked at.
    pub(crate) fn has(&self, blob: &Descriptor) -> bool {
        std::fs::metadata(self.blob(blob.digest)).is_ok_and(|stat| stat.is_file() && stat.len() == blob.size)
    }

    /// A small blob, verified once more. A damaged one is none.
    pub(crate) fn read(&self, digest: Digest) -> Option<Vec<u8>> {
        read_verified(&self.blob(digest), digest)
    }

    /// Keeps these bytes.
    pub(crate) fn put(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        let mut staged = self.stage()?;
        staged.write(bytes)?;
        let (digest, _) = staged.keep(self)?;
        Ok(digest)
    }

    /// A place for a blob that is being received or made.
    pub(crate) fn stage(&self) -> Result<StagedBlob, StoreError> {
        Ok(StagedBlob::new(&self.staging()?)?)
    }

    /// A folder in the store for what is not finished.
    pub(crate) fn staging(&self) -> Result<PathBuf, StoreError> {
        let staging = self.root.join("staging");
        fs_err::create_dir_all(&staging)?;
        Ok(staging)
    }
}

fn blob_in(root: &Path, digest: Digest) -> PathBuf {
    root.join("blobs/sha256").join(digest.hex())
}

fn read_verified(path: &Path, digest: Digest) -> Option<Vec<u8>> {
    let bytes = std::fs::read(path).ok()?;
    (Digest::of(&bytes) == digest).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn damaged_blobs_are_misses_and_are_made_again() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::new(directory.path().join("store"));
        let digest = store.put(b"content").unwrap();
        assert_eq!(digest, Digest::of(b"content"));
        assert_eq!(store.read(digest).unwrap(), b"content");
        std::fs::write(store.blob(digest), "damaged").unwrap();
        assert_eq!(store.read(digest), None);
        store.put(b"content").unwrap();
        assert_eq!(store.read(digest).unwrap(), b"content");
        assert_eq!(std::fs::read_dir(store.staging().unwrap()).unwrap().count(), 0);
    }
}
