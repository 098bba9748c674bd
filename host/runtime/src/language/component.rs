//! Modules that are components themselves: they get nothing but the world's imports. If one imports WASI, as standard
//! libraries do, it finds no files, no variables and no network there.

use super::Grants;
use crate::aot::{Digests, Source};
use crate::error::RuntimeError;
use camino::Utf8Path;

pub(super) fn grants() -> Grants {
    Grants::default()
}

/// Native code that lies beside a module's component is never used: it came from wherever the module came from.
pub(super) fn component(path: &Utf8Path, digests: &Digests) -> Result<Source, RuntimeError> {
    Ok(Source {
        component: path.to_owned(),
        digest: digests.of(path)?,
        prebuilt: None,
    })
}
