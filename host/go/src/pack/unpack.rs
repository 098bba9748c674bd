//! The archive's files in the user's cache, unpacked once.

use super::Programs;
use super::manifest::{ARCHIVE, Manifest};
use crate::error::GoError;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// More than any pack needs, unpacked: what is larger is no pack.
const LARGEST: u64 = 2 << 30;
/// Distance over which zstd may refer back, as the archive is written.
const WINDOW_LOG: u32 = 27;

/// The folder with the archive's files. Unpacks them if that was not done before: beside their place, under a lock, and only
/// what has the digest in the manifest.
pub(crate) fn unpacked(
    manifest: &Manifest,
    runtimes: &Path,
    cache: &Path,
    programs: &dyn Programs,
) -> Result<PathBuf, GoError> {
    let packs = cache.join("pack");
    let name: String = manifest.archive.chars().take(32).collect();
    let folder = packs.join(&name);
    if folder.is_dir() {
        return Ok(folder);
    }
    fs_err::create_dir_all(&packs)?;
    let lock = fs_err::File::create(packs.join(format!("{name}.lock")))?;
    let mut lock = fd_lock::RwLock::new(lock.into_parts().0);
    let _guard = lock.write()?;
    if folder.is_dir() {
        return Ok(folder);
    }
    let mut step = programs.step(&format!("unpack {} (only once)", manifest.go));
    let done = unpack(manifest, runtimes, &packs, &folder);
    if let Err(error) = &done {
        step.failed(&error.to_string());
    }
    done.map(|()| folder)
}

fn unpack(manifest: &Manifest, runtimes: &Path, packs: &Path, folder: &Path) -> Result<(), GoError> {
    let path = runtimes.join(ARCHIVE);
    let bytes = fs_err::read(&path)?;
    if blake3::hash(&bytes).to_hex().as_str() != manifest.archive {
        return Err(GoError::Pack(format!("{} is damaged", path.display())));
    }
    let staged = tempfile::Builder::new().prefix(".unpacking-").tempdir_in(packs)?;
    let mut decoder = zstd::Decoder::new(bytes.as_slice())?;
    decoder.window_log_max(WINDOW_LOG)?;
    let mut archive = tar::Archive::new(decoder.take(LARGEST));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let relative = entry.path()?.into_owned();
        if !entry.header().entry_type().is_file()
            || !relative.components().all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(GoError::Pack(format!(
                "{} holds {}",
                path.display(),
                relative.display()
            )));
        }
        let target = staged.path().join(relative);
        if let Some(parent) = target.parent() {
            fs_err::create_dir_all(parent)?;
        }
        std::io::copy(&mut entry, &mut fs_err::File::create(target)?)?;
    }
    fs_err::rename(staged.keep(), folder)?;
    Ok(())
}
