//! Which files of native code may be mapped, and the mapping itself.
//!
//! Native code runs with the rights of this process, so a file is mapped only after its bytes were found to have the digest
//! in its record. Reading 75 MB at each start would cost more than starting; `digest.rs` remembers what was read for as long
//! as the file system says that the file has not changed.

use super::digest::Digests;
use super::record::Record;
use camino::{Utf8Path, Utf8PathBuf};
use wasmtime::Engine;
use wasmtime::component::Component;

/// A file whose bytes were verified. Only this module makes one.
#[derive(Clone, Debug)]
pub(crate) struct Trusted {
    code: Utf8PathBuf,
}

impl Trusted {
    /// The file, if it is native code of the component for the engine and holds what its record says.
    pub(super) fn verify(code: &Utf8Path, fingerprint: &str, component: &str, digests: &Digests) -> Option<Trusted> {
        let record = Record::read(code).filter(|record| record.is_for(fingerprint, component))?;
        match digests.of(code) {
            Ok(digest) if digest == record.code => Some(Trusted { code: code.to_owned() }),
            Ok(_) => {
                tracing::warn!(%code, "native code does not have the recorded digest and is not used");
                None
            }
            Err(error) => {
                tracing::warn!(%code, %error, "native code cannot be verified and is not used");
                None
            }
        }
    }

    /// The file.
    pub(crate) fn path(&self) -> &Utf8Path {
        &self.code
    }

    /// Maps the code into memory; pages are read when they are used.
    ///
    /// # Errors
    /// wasmtime's own text when it does not take the code after all.
    #[allow(
        unsafe_code,
        reason = "mapping native code is the point of this file; see the safety argument"
    )]
    pub(crate) fn load(&self, engine: &Engine) -> Result<Component, String> {
        // SAFETY: `deserialize_file` asks for a file that `Engine::precompile_component` made and that stays as it is while
        // it is mapped.
        // - Made by us: `verify` is the only way to a `Trusted`. It found that the bytes have the digest in a record
        //   which our own `prepare` or `CodeCache` wrote after `precompile_component` returned. Records are read from two
        //   places: the installation, whose writer could as well replace this program, and the user's cache, which is
        //   refused when anybody else can write it. Files that came with a module are never looked at.
        //   A snapshot is such a file in which `snapshot::file` replaced pages of a memory's first content, which are data that no
        //   code relies on: guests can write anything there.
        // - For this engine: the record's fingerprint is this engine's, and wasmtime checks its own version and settings.
        // - Stays as it is: files are written beside their place and renamed; replacing one leaves mapped pages alone.
        let component = unsafe { Component::deserialize_file(engine, &self.code) };
        component.map_err(|error| format!("{error:#}"))
    }
}
