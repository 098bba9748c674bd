//! Folders that only this user can write, and files that appear whole or not at all.

use super::error::{AotError, doing};
use camino::Utf8Path;
use std::io::Write;

/// Makes the folder (mode 0700) and everything above it that is missing.
pub(crate) fn private_dir(dir: &Utf8Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .map_err(|error| std::io::Error::new(error.kind(), format!("failed to create folder `{dir}`: {error}")))
    }
    #[cfg(not(unix))]
    fs_err::create_dir_all(dir)
}

/// Refuses a folder that others can write.
pub(super) fn check_private(dir: &Utf8Path) -> Result<(), AotError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata = fs_err::metadata(dir).map_err(doing("look at the cache of native code"))?;
        if metadata.permissions().mode() & 0o022 != 0 {
            return Err(AotError::SharedCache { dir: dir.to_owned() });
        }
    }
    Ok(())
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// This user.
    Me,
    /// Everybody: an installation serves all users of a machine.
    All,
}

/// Writes the file beside its place and renames it there: readers, and mappings of an older file, never see it change.
pub(super) fn write_whole(path: &Utf8Path, bytes: &[u8], readers: Readers) -> Result<(), AotError> {
    write(path, bytes, readers, false)
}

/// Like [`write_whole`], and the bytes are on the disk before the file is in its place: after a power failure it is whole
/// or absent. Slow.
pub(super) fn write_durably(path: &Utf8Path, bytes: &[u8], readers: Readers) -> Result<(), AotError> {
    write(path, bytes, readers, true)
}

fn write(path: &Utf8Path, bytes: &[u8], readers: Readers, durably: bool) -> Result<(), AotError> {
    let dir = path
        .parent()
        .filter(|dir| !dir.as_str().is_empty())
        .unwrap_or(Utf8Path::new("."));
    let failed = |error: std::io::Error| AotError::Io {
        doing: "write native code",
        source: std::io::Error::new(error.kind(), format!("`{path}`: {error}")),
    };
    let mut file = permitting(tempfile::Builder::new().prefix(".writing-"), readers)
        .tempfile_in(dir)
        .map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    if durably {
        file.as_file().sync_all().map_err(failed)?;
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

fn permitting<'a, 'b, 'c>(
    builder: &'a mut tempfile::Builder<'b, 'c>,
    readers: Readers,
) -> &'a mut tempfile::Builder<'b, 'c> {
    #[cfg(unix)]
    if readers == Readers::All {
        use std::os::unix::fs::PermissionsExt;
        return builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    builder
}
