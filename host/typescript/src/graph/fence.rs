//! The source root as a wall: what is outside is never read, whatever leads there.

use crate::error::BuildError;
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{FileMetadata, FileSystem, ResolveError};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The module's source root, canonical, and what was read below its `node_modules`. That folder may really be elsewhere: paths and ids are
/// those of the source root all the same.
#[derive(Clone, Debug)]
pub(crate) struct Fence {
    root: Utf8PathBuf,
    /// Canonical folder whose `node_modules` stands in for the root's.
    packages: Option<Utf8PathBuf>,
    read: Arc<Mutex<BTreeSet<Utf8PathBuf>>>,
}

impl Fence {
    /// # Errors
    /// `Read` when a folder is not there, `NotUtf8` when its path is no text.
    pub(crate) fn around(root: &Utf8Path, packages: Option<&Utf8Path>) -> Result<Fence, BuildError> {
        let canonical = |path: &Utf8Path| utf8(fs_err::canonicalize(path)?);
        Ok(Fence {
            root: canonical(root)?,
            packages: packages.map(canonical).transpose()?,
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
        let canonical = utf8(fs_err::canonicalize(self.real(path))?)?;
        match self.relative(&canonical) {
            Some(inner) => Ok(slashes(inner)),
            None => Err(BuildError::Outside {
                path: slashes(path.strip_prefix(&self.root).unwrap_or(path)),
                target: canonical,
                root: self.root.clone(),
            }),
        }
    }

    /// Where a path below the root is on disk.
    fn real(&self, path: &Utf8Path) -> Utf8PathBuf {
        let inner = path.strip_prefix(&self.root).ok();
        match (&self.packages, inner) {
            (Some(packages), Some(inner)) if inner.starts_with("node_modules") => packages.join(inner),
            _ => path.to_owned(),
        }
    }

    /// What a canonical path on disk is, relative to the root; none when it is outside.
    fn relative<'p>(&self, canonical: &'p Utf8Path) -> Option<&'p Utf8Path> {
        let own = canonical.strip_prefix(&self.root).ok();
        own.or_else(|| {
            let inner = canonical.strip_prefix(self.packages.as_ref()?).ok()?;
            inner.starts_with("node_modules").then_some(inner)
        })
    }

    /// The text of a file.
    ///
    /// # Errors
    /// `Outside`, `Read`, `NotText`.
    pub(crate) fn text(&self, id: &str) -> Result<String, BuildError> {
        let path = self.root.join(id);
        self.id(&path)?;
        let path = self.real(&path);
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

    /// Where a path is on disk, when that is inside.
    fn inside(&self, path: &Path) -> io::Result<Utf8PathBuf> {
        let outside = || io::Error::from(io::ErrorKind::NotFound);
        let path = Utf8Path::from_path(path).ok_or_else(outside)?;
        if !path.starts_with(&self.root) {
            return Err(outside());
        }
        let canonical = self.real(path).canonicalize_utf8()?;
        match self.relative(&canonical) {
            Some(_) => Ok(canonical),
            None => Err(outside()),
        }
    }
}

impl FileSystem for Fence {
    /// A fence around nothing; the resolver asks for one only when it is given none.
    fn new() -> Self {
        Fence {
            root: Utf8PathBuf::from("/nowhere"),
            packages: None,
            read: Arc::default(),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let inside = self.inside(path)?;
        let bytes = std::fs::read(&inside)?;
        self.note(&inside);
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
        let path = Utf8Path::from_path(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(std::fs::symlink_metadata(self.real(path))?.into())
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        self.canonicalize(path).map_err(ResolveError::from)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        let inside = self.inside(path)?;
        let inner = self.relative(&inside).unwrap_or(&inside);
        Ok(self.root.join(inner).into_std_path_buf())
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
