//! Finds native code of a component, or makes it.

use super::digest::Digests;
use super::error::{AotError, doing};
use super::files::{Readers, check_private, private_dir};
use super::prepare::compile;
use super::prune::keep_newest;
use super::snapshots::Snapshots;
use super::trusted::Trusted;
use camino::{Utf8Path, Utf8PathBuf};
use std::sync::Arc;
use wasmtime::Engine;

/// Where a component is and what is known about it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The component itself.
    pub(crate) component: Utf8PathBuf,
    /// blake3 of its bytes, hex.
    pub(crate) digest: String,
    /// Native code that the installation may have for it.
    pub(crate) prebuilt: Option<Utf8PathBuf>,
}

/// Native code of all components for one engine, in the user's cache: `native/<fingerprint>/<digest>.cwasm`.
#[derive(Clone, Debug)]
pub(crate) struct CodeCache {
    dir: Utf8PathBuf,
    digests: Arc<Digests>,
    fingerprint: String,
    /// How many components' code is kept; all, when there is no number.
    keeps: Option<usize>,
}

impl CodeCache {
    pub(crate) fn new(cache_dir: &Utf8Path, digests: Arc<Digests>, fingerprint: String) -> Self {
        let short: String = fingerprint.chars().take(16).collect();
        CodeCache {
            dir: cache_dir.join("native").join(short),
            digests,
            fingerprint,
            keeps: None,
        }
    }

    /// Keeps only the code that was made last, of that many components.
    pub(crate) fn keeping(self, count: usize) -> Self {
        CodeCache {
            keeps: Some(count),
            ..self
        }
    }

    /// Native code that exists already. What the installation has serves even where the cache cannot be written.
    pub(crate) fn find(&self, source: &Source) -> Result<Option<Trusted>, AotError> {
        let verify = |place: &Utf8PathBuf| {
            let found = place
                .exists()
                .then(|| Trusted::verify(place, &self.fingerprint, &source.digest, &self.digests));
            found.flatten()
        };
        let writable = private_dir(&self.dir).map_err(doing("make the cache of native code"));
        if writable.is_ok() {
            check_private(&self.dir)?;
        }
        if let Some(prebuilt) = source.prebuilt.as_ref().and_then(verify) {
            return Ok(Some(prebuilt));
        }
        writable?;
        Ok(verify(&self.code(&source.digest)))
    }

    /// Compiles the component into the cache, unless another process does so first. Takes seconds of both CPU and clock;
    /// blocks the thread.
    pub(crate) fn make(&self, engine: &Engine, source: &Source) -> Result<Trusted, AotError> {
        let lock = doing("lock the cache of native code");
        let file = fs_err::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.dir.join(format!("{}.lock", source.digest)))
            .map_err(&lock)?;
        let mut file = fd_lock::RwLock::new(file.into_parts().0);
        let _guard = file.write().map_err(&lock)?;

        let code = self.code(&source.digest);
        if let Some(found) = Trusted::verify(&code, &self.fingerprint, &source.digest, &self.digests) {
            return Ok(found);
        }
        let bytes = fs_err::read(&source.component).map_err(doing("read the component"))?;
        let found = blake3::hash(&bytes).to_hex().to_string();
        let damaged = |found| AotError::Damaged {
            component: source.component.clone(),
            expected: source.digest.clone(),
            found,
        };
        if found != source.digest {
            return Err(damaged(found));
        }
        compile(
            engine,
            &self.fingerprint,
            &source.component,
            &source.digest,
            &bytes,
            &code,
            Readers::Me,
        )?;
        if let Some(count) = self.keeps {
            keep_newest(&self.dir, count);
        }
        Trusted::verify(&code, &self.fingerprint, &source.digest, &self.digests).ok_or_else(|| AotError::Io {
            doing: "use the native code that was just written",
            source: std::io::Error::other(code.to_string()),
        })
    }

    /// Where snapshots of what runs in this engine are.
    pub(crate) fn snapshots(&self) -> Snapshots {
        Snapshots::new(&self.dir, Arc::clone(&self.digests), self.fingerprint.clone())
    }

    /// Forgets native code that wasmtime did not take.
    pub(crate) fn discard(&self, source: &Source) {
        let code = self.code(&source.digest);
        if let Err(error) = fs_err::remove_file(&code) {
            tracing::debug!(%code, %error, "nothing to discard");
        }
    }

    fn code(&self, digest: &str) -> Utf8PathBuf {
        self.dir.join(format!("{digest}.cwasm"))
    }
}
