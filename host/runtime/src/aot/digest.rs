//! Digests of files, without reading a large file more often than it changes.

use super::error::{AotError, doing};
use super::files::{Readers, check_private, private_dir, write_whole};
use super::stat::Stat;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// blake3 of the file's bytes, hex.
pub(super) fn of_file(path: &Utf8Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut fs_err::File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// `python.wasm` has its digest in `python.wasm.digest`.
pub(super) fn recorded_path(component: &Utf8Path) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("{component}.digest"))
}

/// The digest that the build wrote beside the component. Anything that is no digest is none.
fn recorded(component: &Utf8Path) -> Option<String> {
    let text = fs_err::read_to_string(recorded_path(component)).ok()?;
    let text = text.trim();
    (text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| text.to_ascii_lowercase())
}

/// What a file's digest was, and when it was so.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stamp {
    stat: Stat,
    digest: String,
}

/// Digests of files by path, remembered in memory and in a folder that only this user can write.
#[derive(Debug)]
pub(crate) struct Digests {
    stamps: Utf8PathBuf,
    known: Mutex<HashMap<Utf8PathBuf, Stamp>>,
}

impl Digests {
    pub(crate) fn new(cache_dir: &Utf8Path) -> Self {
        Digests {
            stamps: cache_dir.join("native/verified"),
            known: Mutex::default(),
        }
    }

    /// Digest of a component that comes with the installation: the one that the build wrote beside it.
    pub(crate) fn of_installed(&self, component: &Utf8Path) -> Result<String, AotError> {
        match recorded(component) {
            Some(digest) => Ok(digest),
            None => self.of(component),
        }
    }

    /// Digest of a file's bytes. They are read again only when the file has changed.
    pub(crate) fn of(&self, file: &Utf8Path) -> Result<String, AotError> {
        let read = doing("read WebAssembly code");
        let stat = Stat::of(file).map_err(&read)?;
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(file)
            .cloned();
        if let Some(stamp) = known.filter(|stamp| stamp.stat == stat) {
            return Ok(stamp.digest);
        }
        if let Err(error) = private_dir(&self.stamps) {
            tracing::debug!(%error, "digests cannot be kept; the file is read each time");
            return of_file(file).map_err(&read);
        }
        check_private(&self.stamps)?;
        let place = self
            .stamps
            .join(format!("{}.stamp", blake3::hash(file.as_str().as_bytes()).to_hex()));
        let kept = fs_err::read(&place)
            .ok()
            .and_then(|text| serde_json::from_slice::<Stamp>(&text).ok());
        let stamp = match kept.filter(|stamp| stamp.stat == stat) {
            Some(stamp) => stamp,
            None => {
                let stamp = Stamp {
                    digest: of_file(file).map_err(&read)?,
                    stat,
                };
                if !stamp.stat.is_settled() {
                    return Ok(stamp.digest);
                }
                keep(&place, &stamp);
                stamp
            }
        };
        let digest = stamp.digest.clone();
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(file.to_owned(), stamp);
        Ok(digest)
    }
}

/// A stamp that is not kept costs time only.
fn keep(place: &Utf8Path, stamp: &Stamp) {
    let written = serde_json::to_vec(stamp)
        .map_err(|error| error.to_string())
        .and_then(|text| write_whole(place, &text, Readers::Me).map_err(|error| error.to_string()));
    if let Err(error) = written {
        tracing::debug!(%place, error, "cannot keep a digest; the file is read again next time");
    }
}
