//! What a file of native code is: JSON beside it.

use super::error::AotError;
use super::files::{Readers, write_whole};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

/// Version of the form; a record in another form counts as none.
const FORMAT: u32 = 1;

/// What a file of native code is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    format: u32,
    /// Fingerprint of the engine that made it.
    pub(super) fingerprint: String,
    /// blake3 of the component's bytes, hex; of a snapshot, its key.
    pub(super) component: String,
    /// blake3 of the native code, hex.
    pub(super) code: String,
}

impl Record {
    pub(super) fn new(fingerprint: &str, component: &str, code: &[u8]) -> Self {
        Record::of(fingerprint, component, blake3::hash(code).to_hex().to_string())
    }

    /// Of native code by its digest.
    pub(super) fn of(fingerprint: &str, component: &str, code: String) -> Self {
        Record {
            format: FORMAT,
            fingerprint: fingerprint.to_owned(),
            component: component.to_owned(),
            code,
        }
    }

    /// Where the record of that file of native code lies: `x.cwasm` has `x.fingerprint`.
    pub(super) fn path(code: &Utf8Path) -> Utf8PathBuf {
        code.with_extension("fingerprint")
    }

    /// The record of that file of native code. One that is absent or cannot be read is none.
    pub(super) fn read(code: &Utf8Path) -> Option<Record> {
        let text = fs_err::read(Record::path(code)).ok()?;
        serde_json::from_slice::<Record>(&text)
            .ok()
            .filter(|record| record.format == FORMAT)
    }

    pub(super) fn write(&self, code: &Utf8Path, readers: Readers) -> Result<(), AotError> {
        let text = serde_json::to_vec(self).map_err(|error| AotError::Io {
            doing: "write native code's record",
            source: error.into(),
        })?;
        write_whole(&Record::path(code), &text, readers)
    }

    /// Whether it is native code of that component for that engine.
    pub(super) fn is_for(&self, fingerprint: &str, component: &str) -> bool {
        self.fingerprint == fingerprint && self.component == component
    }
}
