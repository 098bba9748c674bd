//! Files as a compressed tar. Only names and contents go in: no times, owners or modes, so that every copy of the files gives the same bytes.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A good deal smaller than the default, and still quick to unpack.
const LEVEL: i32 = 15;

/// Writes these files: path in the archive with `/`, and the file.
pub(crate) fn write_files(out: impl Write, files: &[(String, PathBuf)]) -> std::io::Result<()> {
    let mut files: Vec<&(String, PathBuf)> = files.iter().collect();
    files.sort();
    let mut builder = tar::Builder::new(zstd::Encoder::new(out, LEVEL)?);
    for (name, path) in files {
        let file = fs_err::File::open(path)?;
        let size = file.metadata()?.len();
        let mut header = tar::Header::new_gnu();
        header.set_size(size);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_entry_type(tar::EntryType::Regular);
        // A file that shrinks or grows meanwhile would make a broken archive.
        let mut content = Exactly { file, left: size };
        builder.append_data(&mut header, name, &mut content)?;
    }
    builder.into_inner()?.finish()?.flush()
}

/// Writes a document, compressed.
pub(crate) fn write_document(out: impl Write, path: &Path) -> std::io::Result<()> {
    let mut encoder = zstd::Encoder::new(out, LEVEL)?;
    std::io::copy(&mut fs_err::File::open(path)?, &mut encoder)?;
    encoder.finish()?.flush()
}

/// A file that must have the size that it had.
struct Exactly {
    file: fs_err::File,
    left: u64,
}

impl std::io::Read for Exactly {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        match left {
            Some(left) if read > 0 || left == 0 => {
                self.left = left;
                Ok(read)
            }
            _ if buffer.is_empty() => Ok(0),
            _ => Err(std::io::Error::other(format!(
                "{} changed while it was read; try again",
                self.file.path().display()
            ))),
        }
    }
}
