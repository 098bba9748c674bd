//! Builds a module with the user's Go.

use crate::error::GoError;
use crate::folder::assemble;
use crate::introspection::Introspected;
use crate::toolchain::Toolchain;
use crate::wrap::wrap;
use std::path::Path;

/// What to build, and with what.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions<'a> {
    /// The module's name.
    pub module: &'a str,
    /// Its source.
    pub source: &'a Path,
    /// What the introspector said of it.
    pub introspected: &'a Introspected,
    /// The component of `sdk-go/runtime`.
    pub shim: &'a Path,
    /// A folder in which the build makes one of its own.
    pub scratch: &'a Path,
}

/// The module as a component. Takes seconds when Go has built none before; blocks the thread.
///
/// # Errors
/// What Go says of the source, with paths relative to it; or the folder cannot be made, or the result cannot be wrapped.
pub fn build(options: &BuildOptions<'_>, toolchain: &Toolchain) -> Result<Vec<u8>, GoError> {
    fs_err::create_dir_all(options.scratch)?;
    let work = tempfile::Builder::new().prefix("go-").tempdir_in(options.scratch)?;
    let work = fs_err::canonicalize(work.path()).map(|path| (path, work))?;
    let folder = work.0.join("module");
    assemble(options.module, options.source, options.introspected, &folder)?;
    let output = work.0.join("module.wasm");
    toolchain.build(&folder, &output)?;
    let shim = fs_err::read(options.shim)?;
    Ok(wrap(&shim, &fs_err::read(output)?)?)
}
