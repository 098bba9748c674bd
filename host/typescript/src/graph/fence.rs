//! The source root as a wall: what is outside is never read, whatever leads there.

use crate::error::BuildError;
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{FileMetadata, FileSystem, ResolveError};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The module's source root, canonical, and what was read below its `node_modules`.
#[derive(Clone, Debug)]
pub(crate) struct Fence {
    root: Utf8PathBuf,
    read: Arc<Mutex<BTreeSet<Utf8PathBuf>>>,
}

impl Fence {
    /// # Errors
    /// `Read` when the folder is not there, `NotUtf8` when its path is no text.
    pub(crate) fn around(root: &Utf8Path) -> Result<Fence, BuildError> {
        let canonical = fs_err::canonicalize(root)?;
        Ok(Fence {
            root: utf8(canonical)?,
            read: Arc::default(),
        })
    }

    pub(crate) fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The files read below a `node_modules` so far.
    pub(crate) fn packages_read(&self) -> Vec<Utf8PathBuf> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().cloned().collect()
    }

    /// The id of a path: where it really is, relative to the root.
    ///
    /// # Errors
    /// `Outside` when a link leads out of the root.
    pub(crate) fn id(&self, path: &Utf8Path) -> Result<String, BuildError> {
        let canonical = utf8(fs_err::canonicalize(path)?)?;
        match canonical.strip_prefix(&self.root) {
            Ok(inner) => Ok(slashes(inner)),
            Err(_) => Err(BuildError::Outside {
                path: slashes(path.strip_prefix(&self.root).unwrap_or(path)),
                target: canonical,
                root: self.root.clone(),
            }),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// `Outside`, `Read`, `NotText`.
    pub(crate) fn text(&self, id: &str) -> Result<String, BuildError> {
        let path = self.root.join(id);
        self.id(&path)?;
        let bytes = fs_err::read(&path)?;
        self.note(&path);
        let text = String::from_utf8(bytes).map_err(|_| BuildError::NotText { file: id.to_owned() })?;
        Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        })
    }

    fn note(&self, path: &Utf8Path) {
        if path.components().any(|part| part.as_str() == "node_modules") {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.insert(path.to_owned());
        }
    }

    /// The path, when it is really inside.
    fn inside(&self, path: &Path) -> io::Result<PathBuf> {
        if path.starts_with(&self.root) {
            let canonical = std::fs::canonicalize(path)?;
            if canonical.starts_with(&self.root) {
                return Ok(canonical);
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }
}

impl FileSystem for Fence {
    /// A fence around nothing; the resolver asks for one only when it is given none.
    fn new() -> Self {
        Fence {
            root: Utf8PathBuf::from("/nowhere"),
            read: Arc::default(),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let inside = self.inside(path)?;
        let bytes = std::fs::read(&inside)?;
        if let Some(path) = Utf8Path::from_path(&inside) {
            self.note(path);
        }
        Ok(bytes)
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        String::from_utf8(self.read(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        Ok(std::fs::metadata(self.inside(path)?)?.into())
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        self.inside(path)?;
        Ok(std::fs::symlink_metadata(path)?.into())
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        Ok(self.inside(path)?)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.inside(path)
    }
}

/// # Errors
/// `NotUtf8`.
pub(crate) fn utf8(path: PathBuf) -> Result<Utf8PathBuf, BuildError> {
    Utf8PathBuf::from_path_buf(path).map_err(|path| BuildError::NotUtf8 {
        path: path.display().to_string(),
    })
}

fn slashes(path: &Utf8Path) -> String {
    let parts: Vec<&str> = path.components().map(|part| part.as_str()).collect();
    parts.join("/")
}
