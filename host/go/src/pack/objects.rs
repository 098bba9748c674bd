//! Compiled packages by what decided them.

use crate::error::GoError;
use std::path::{Path, PathBuf};

/// Version of what is hashed.
const FORMAT: &[u8] = b"1";

/// Compiled packages on disk.
pub(crate) struct Objects {
    folder: PathBuf,
}

/// What decides a compiled package.
pub(crate) struct Key(blake3::Hasher);

impl Objects {
    pub(crate) fn open(cache: &Path) -> Result<Objects, GoError> {
        let folder = cache.join("objects");
        fs_err::create_dir_all(&folder)?;
        Ok(Objects { folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.folder.join(file(key)).is_file()
    }

    /// Takes over a file that lies on the same disk.
    pub(crate) fn keep(&self, key: &str, made: &Path) -> Result<(), GoError> {
        Ok(fs_err::rename(made, self.folder.join(file(key)))?)
    }
}

/// Name of the file below the folder.
pub(crate) fn file(key: &str) -> String {
    format!("{key}.a")
}

impl Key {
    /// `toolchain` changes with the compiler.
    pub(crate) fn new(toolchain: &str) -> Key {
        let mut key = Key(blake3::Hasher::new());
        key.add(FORMAT).add(toolchain.as_bytes());
        key
    }

    pub(crate) fn add(&mut self, part: &[u8]) -> &mut Key {
        self.0.update(&(part.len() as u64).to_le_bytes()).update(part);
        self
    }

    pub(crate) fn finish(&self) -> String {
        self.0.finalize().to_hex().to_string()
    }
}
