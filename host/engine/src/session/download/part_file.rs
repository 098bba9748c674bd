//! A file that appears whole or not at all.

use crate::identifier;
use std::io;
use std::path::{Path, PathBuf};

/// A file under a temporary name beside its destination. Dropped before [`PartFile::complete`] it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct PartFile {
    destination: PathBuf,
    part: PathBuf,
}

impl PartFile {
    /// Makes the directories above the destination; nothing is written yet.
    pub(crate) fn new(destination: &Path) -> io::Result<Self> {
        let name = destination
            .file_name()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
        let directory = destination
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs_err::create_dir_all(directory)?;
        let part = directory.join(format!(".{}.{}.part", name.to_string_lossy(), identifier::random()));
        Ok(Self {
            destination: destination.to_owned(),
            part,
        })
    }

    /// Where the content goes meanwhile.
    pub(crate) fn path(&self) -> &Path {
        &self.part
    }

    /// Where the content goes in the end.
    pub(crate) fn destination(&self) -> &Path {
        &self.destination
    }

    /// Puts the content in its place.
    pub(crate) fn complete(&self) -> io::Result<()> {
        fs_err::rename(&self.part, &self.destination)
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // After `complete` there is nothing under the name any more.
        fs_err::remove_file(&self.part).ok();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::PartFile;

    #[test]
    fn it_appears_whole_or_not_at_all() {
        let directory = tempfile::tempdir().unwrap();
        let destination = directory.path().join("new/image.tar");
        let file = PartFile::new(&destination).unwrap();
        std::fs::write(file.path(), "half").unwrap();
        drop(file);
        assert_eq!(std::fs::read_dir(destination.parent().unwrap()).unwrap().count(), 0);
        let file = PartFile::new(&destination).unwrap();
        std::fs::write(file.path(), "whole").unwrap();
        file.complete().unwrap();
        drop(file);
        assert_eq!(std::fs::read_to_string(&destination).unwrap(), "whole");
    }
}
