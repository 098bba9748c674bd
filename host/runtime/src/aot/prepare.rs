//! What a release does: native code is made where the runtimes are built, so that users need not compile.

use super::digest;
use super::error::{AotError, doing};
use super::files::{Readers, write_durably, write_whole};
use super::record::Record;
use camino::{Utf8Path, Utf8PathBuf};
use wasmtime::Engine;

/// How a core module begins; a component has another version there.
const CORE_MODULE: &[u8] = b"\0asm\x01\0\0\0";

/// Native code that lies ready for an installation.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// blake3 of the component's bytes, hex.
    pub digest: String,
    /// The native code.
    pub code: Utf8PathBuf,
    /// Fingerprint of the engine that takes it, hex.
    pub fingerprint: String,
    /// Whether it was there already, and right.
    pub kept: bool,
}

/// Makes the native code of a component for a baseline CPU of this platform. For `x.wasm` it writes into `out_dir`:
/// `x.wasm.digest` (blake3 of the component, hex), `x.cwasm` (native code) and `x.fingerprint` (what the code is, JSON).
/// What is there and still right is kept.
///
/// # Errors
/// [`AotError`] when the component cannot be read or compiled, or the folder not be written.
pub fn prepare(component: &Utf8Path, out_dir: &Utf8Path) -> Result<Prepared, AotError> {
    let engine = crate::engine::new().map_err(AotError::Engine)?;
    prepare_with(&engine, component, out_dir)
}

/// As [`prepare`], for another platform than this one, by its triple, such as `x86_64-unknown-linux-musl`.
///
/// # Errors
/// As [`prepare`]; also when the platform is not known.
pub fn prepare_for(platform: &str, component: &Utf8Path, out_dir: &Utf8Path) -> Result<Prepared, AotError> {
    let engine = crate::engine::for_platform(Some(platform)).map_err(AotError::Engine)?;
    prepare_with(&engine, component, out_dir)
}

fn prepare_with(engine: &Engine, component: &Utf8Path, out_dir: &Utf8Path) -> Result<Prepared, AotError> {
    let (Some(name), Some(stem)) = (component.file_name(), component.file_stem()) else {
        return Err(AotError::Path(component.to_owned()));
    };
    let fingerprint = crate::engine::fingerprint(engine);
    let bytes = fs_err::read(component).map_err(doing("read the component"))?;
    let digest = blake3::hash(&bytes).to_hex().to_string();
    fs_err::create_dir_all(out_dir).map_err(doing("make the folder for native code"))?;
    write_whole(
        &digest::recorded_path(&out_dir.join(name)),
        digest.as_bytes(),
        Readers::All,
    )?;

    let code = out_dir.join(format!("{stem}.cwasm"));
    let right = Record::read(&code).is_some_and(|record| {
        record.is_for(&fingerprint, &digest) && digest::of_file(&code).is_ok_and(|found| found == record.code)
    });
    if !right {
        compile(engine, &fingerprint, component, &digest, &bytes, &code, Readers::All)?;
    }
    Ok(Prepared {
        digest,
        code,
        fingerprint,
        kept: right,
    })
}

/// Compiles and writes code and record, the record last: code without one is not looked at.
pub(super) fn compile(
    engine: &Engine,
    fingerprint: &str,
    component: &Utf8Path,
    digest: &str,
    bytes: &[u8],
    to: &Utf8Path,
    readers: Readers,
) -> Result<(), AotError> {
    if bytes.starts_with(CORE_MODULE) {
        return Err(AotError::CoreModule {
            component: component.to_owned(),
        });
    }
    let code = engine.precompile_component(bytes).map_err(|error| AotError::Compile {
        component: component.to_owned(),
        message: format!("{error:#}"),
    })?;
    write_durably(to, &code, readers)?;
    Record::new(fingerprint, digest, &code).write(to, readers)
}
