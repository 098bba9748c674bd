//! A blob that is being received or made. It becomes part of the store with its digest as its name, or is gone.

use super::Store;
use crate::digest::{Digest, Hasher};
use std::io::{Seek, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// The blob so far.
#[derive(Debug)]
pub(crate) struct StagedBlob {
    file: NamedTempFile,
    hasher: Hasher,
    written: u64,
}

impl StagedBlob {
    pub(super) fn new(directory: &Path) -> std::io::Result<StagedBlob> {
        Ok(StagedBlob {
            file: tempfile::Builder::new().prefix("blob-").tempfile_in(directory)?,
            hasher: Hasher::default(),
            written: 0,
        })
    }

    /// Bytes so far.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Adds bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Forgets what was written.
    pub(crate) fn restart(&mut self) -> std::io::Result<()> {
        self.file.as_file().set_len(0)?;
        self.file.rewind()?;
        self.hasher = Hasher::default();
        self.written = 0;
        Ok(())
    }

    /// The digest of what was written.
    pub(crate) fn digest(&self) -> Digest {
        self.hasher.clone().finish()
    }

    /// Gives the blob its place; tells its digest and size. Whether they are the expected ones, the caller has found out before.
    pub(crate) fn keep(self, store: &Store) -> std::io::Result<(Digest, u64)> {
        let digest = self.digest();
        let place = store.blob(digest);
        fs_err::create_dir_all(place.parent().unwrap_or(&place))?;
        self.file.persist(&place).map_err(|error| error.error)?;
        Ok((digest, self.written))
    }
}

impl Write for StagedBlob {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        StagedBlob::write(self, bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
