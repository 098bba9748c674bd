//! Signatures and statements about artifacts, beside them: so that they can be verified again without a network.

use super::{Store, StoreError};
use crate::digest::Digest;
use crate::signing::Attachment;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

const FOLDER: &str = "attachments";

/// What is kept about the artifact in that folder. What cannot be read is nothing: it is asked for again.
pub(super) fn kept_in(root: &Path, artifact: Digest) -> BTreeSet<Attachment> {
    let bytes = std::fs::read(place(root, artifact)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Where it is kept in that folder.
pub(super) fn place(root: &Path, artifact: Digest) -> PathBuf {
    root.join(FOLDER).join(artifact.hex()).with_extension("json")
}

impl Store {
    /// What is kept about the artifact.
    pub(crate) fn attachments(&self, artifact: Digest) -> BTreeSet<Attachment> {
        kept_in(&self.root, artifact)
    }

    /// Keeps more about the artifact.
    pub(crate) fn keep_attachments(&self, artifact: Digest, found: &BTreeSet<Attachment>) -> Result<(), StoreError> {
        let known = self.attachments(artifact);
        if found.is_subset(&known) {
            return Ok(());
        }
        let all: BTreeSet<&Attachment> = known.union(found).collect();
        let place = place(&self.root, artifact);
        fs_err::create_dir_all(place.parent().unwrap_or(&place))?;
        let mut file = tempfile::NamedTempFile::new_in(self.staging()?)?;
        file.write_all(&serde_json::to_vec(&all).map_err(std::io::Error::from)?)?;
        file.persist(place).map_err(|error| error.error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_grows() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::new(directory.path());
        let artifact = Digest::of(b"a");
        let statement = |text: &str| {
            BTreeSet::from([Attachment::Statement {
                statement: text.to_owned(),
            }])
        };
        assert!(store.attachments(artifact).is_empty());
        for text in ["1", "2", "1"] {
            store.keep_attachments(artifact, &statement(text)).unwrap();
        }
        assert_eq!(store.attachments(artifact).len(), 2);
        std::fs::write(place(directory.path(), artifact), "damaged").unwrap();
        assert!(store.attachments(artifact).is_empty());
    }
}
