//! Layers unpacked: folders and documents, by the digest of the layer that they came from.

use super::{Store, StoreError};
use crate::digest::Digest;
use crate::limits::{Limits, human_size};
use crate::pack::extract;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The largest window that a layer may ask to decompress with, as a power of two: 32 MiB.
const WINDOW_LOG: u32 = 25;

impl Store {
    /// The folder that a layer of files holds, unpacked when it is not yet. The layer's blob must be there.
    ///
    /// # Errors
    /// The layer holds what no layer of files holds, or the folder cannot be written.
    pub(crate) fn folder(&self, layer: Digest, limits: &Limits) -> Result<PathBuf, StoreError> {
        let place = self.unpacked(layer);
        if place.is_dir() {
            return Ok(place);
        }
        let staging = tempfile::Builder::new().prefix("unpack-").tempdir_in(self.staging()?)?;
        extract(self.decompressed(layer, limits)?, staging.path(), limits)
            .map_err(|error| told(layer, limits, error))?;
        self.place(&place, |place| {
            fs_err::rename(staging.path(), place).or_else(|error| if place.is_dir() { Ok(()) } else { Err(error) })
        })?;
        // It has moved, or another process was faster and this copy is removed.
        if !staging.path().exists() {
            let _moved = staging.keep();
        }
        Ok(place)
    }

    /// The file that a compressed document holds, unpacked when it is not yet. The layer's blob must be there.
    ///
    /// # Errors
    /// The layer is no such document, or the file cannot be written.
    pub(crate) fn document(&self, layer: Digest, limits: &Limits) -> Result<PathBuf, StoreError> {
        let place = self.unpacked(layer);
        if place.is_file() {
            return Ok(place);
        }
        let mut file = tempfile::NamedTempFile::new_in(self.staging()?)?;
        std::io::copy(&mut self.decompressed(layer, limits)?, &mut file).map_err(|error| told(layer, limits, error))?;
        self.place(&place, |place| {
            file.persist(place).map_err(|error| error.error)?;
            Ok(())
        })?;
        Ok(place)
    }

    /// Where a layer is unpacked to, or would be.
    pub(crate) fn unpacked(&self, layer: Digest) -> PathBuf {
        self.root.join("unpacked").join(layer.hex())
    }

    fn place(&self, place: &Path, rename: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), StoreError> {
        fs_err::create_dir_all(place.parent().unwrap_or(place))?;
        Ok(rename(place)?)
    }

    fn decompressed(&self, layer: Digest, limits: &Limits) -> Result<impl Read, StoreError> {
        let file = BufReader::with_capacity(256 << 10, fs_err::File::open(self.blob(layer))?);
        let mut decoder = zstd::Decoder::with_buffer(file)?;
        decoder.window_log_max(WINDOW_LOG)?;
        Ok(Bounded {
            inner: decoder,
            left: limits.unpacked,
        })
    }
}

/// Marks the error of a layer that is too large.
#[derive(Debug, thiserror::Error)]
#[error("too large")]
struct TooLarge;

/// A stream that fails when it gives more than it may.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| std::io::Error::other(TooLarge))?;
        Ok(read)
    }
}

/// An error of unpacking, as the user is to see it.
fn told(layer: Digest, limits: &Limits, error: std::io::Error) -> StoreError {
    let too_large = error.get_ref().is_some_and(|inner| inner.is::<TooLarge>());
    let layer = layer.to_string();
    if too_large {
        StoreError::TooLarge {
            layer,
            limit: human_size(limits.unpacked),
        }
    } else {
        StoreError::Layer {
            layer,
            message: error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::new(directory.path());
        (directory, store)
    }

    fn small() -> Limits {
        Limits {
            unpacked: 1 << 20,
            ..Limits::default()
        }
    }

    #[test]
    fn documents_are_unpacked_once() {
        let (_directory, store) = store();
        let layer = store.put(&zstd::encode_all(&b"{}"[..], 3).unwrap()).unwrap();
        let path = store.document(layer, &small()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"{}");
        std::fs::remove_file(store.blob(layer)).unwrap();
        assert_eq!(store.document(layer, &small()).unwrap(), path);
    }

    #[test]
    fn bombs_do_not_go_off() {
        let (directory, store) = store();
        let zeros = directory.path().join("zeros");
        std::fs::File::create(&zeros).unwrap().set_len(64 << 20).unwrap();
        let (mut document, mut files) = (Vec::new(), Vec::new());
        crate::pack::write_document(&mut document, &zeros).unwrap();
        crate::pack::write_files(&mut files, &[("zeros".to_owned(), zeros)]).unwrap();
        assert!(document.len() < 100_000 && files.len() < 100_000);
        let (document, files) = (store.put(&document).unwrap(), store.put(&files).unwrap());
        let results = [store.document(document, &small()), store.folder(files, &small())];
        for result in results {
            let message = result.unwrap_err().to_string();
            assert!(message.ends_with("it holds more than 1.0 MB"), "{message}");
        }
        assert_eq!(std::fs::read_dir(store.staging().unwrap()).unwrap().count(), 0);
        assert!(!store.root.join("unpacked").exists());
    }

    #[test]
    fn what_is_not_compressed_is_refused() {
        let (_directory, store) = store();
        let layer = store.put(b"plain").unwrap();
        let message = store.document(layer, &small()).unwrap_err().to_string();
        assert!(message.contains("cannot be unpacked"), "{message}");
    }
}
