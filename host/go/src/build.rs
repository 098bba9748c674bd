//! Builds a module with the user's Go, or with the toolchain pack.

use crate::error::GoError;
use crate::folder::assemble;
use crate::introspection::Introspected;
use crate::pack::{self, Assembled, PackHost};
use crate::toolchain::Toolchain;
use crate::wrap::wrap;
use std::path::Path;

/// What to build.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions<'a> {
    /// The module's name.
    pub module: &'a str,
    /// Its source.
    pub source: &'a Path,
    /// The folder that its source may reach (`replace => ../x`).
    pub context: &'a Path,
    /// What the introspector said of it.
    pub introspected: &'a Introspected,
    /// Further generated files, by their path in the source: bindings of dependencies in `internal/dagger`.
    pub generated: &'a [(String, String)],
    /// The component of `sdk-go/runtime`.
    pub shim: &'a Path,
    /// A folder in which the build makes one of its own; on the disk of the pack's cache.
    pub scratch: &'a Path,
}

/// The module as a component. Takes seconds when none was built before; blocks the thread, which must not be one of an event
/// loop.
///
/// # Errors
/// What Go says of the source, with paths relative to it; or the folder cannot be made, or the result cannot be wrapped.
pub fn build(options: &BuildOptions<'_>, toolchain: &Toolchain, host: PackHost<'_>) -> Result<Vec<u8>, GoError> {
    fs_err::create_dir_all(options.scratch)?;
    let work = tempfile::Builder::new().prefix("go-").tempdir_in(options.scratch)?;
    let work = fs_err::canonicalize(work.path()).map(|path| (path, work))?;
    let folder = work.0.join("module");
    let client = options
        .introspected
        .client()
        .ok_or_else(|| GoError::Answer("the generated code imports no client".to_owned()))?;
    let output = match toolchain {
        Toolchain::Local(go) => {
            assemble(options, client, true, &folder)?;
            let output = work.0.join("module.wasm");
            go.build(&folder, &output)?;
            output
        }
        Toolchain::Pack(packed) => {
            // A client that is more than the pack's is compiled with the module.
            let packed_client = !options
                .generated
                .iter()
                .any(|(path, _)| path.starts_with("internal/dagger/"));
            assemble(options, client, !packed_client, &folder)?;
            let module = Assembled {
                folder,
                written: options.source,
                context: options.context,
                client,
                packed_client,
            };
            pack::build(&packed.manifest(host.runtimes)?, host, &module, &work.0)?
        }
    };
    let shim = fs_err::read(options.shim)?;
    Ok(wrap(&shim, &fs_err::read(output)?)?)
}
