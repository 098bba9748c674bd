//! Builds modules without a Go on the machine: Go's own compiler, linker and assembler run as WebAssembly, and what the Go
//! command does around them is done here.
//!
//! The pack (`manifest.rs`, `unpack.rs`) has the programs and the compiled standard library. `graph.rs` finds the packages of
//! a module, `modules.rs` those of other modules (vendored, kept or fetched, with the checksums of `go.sum`), `compile.rs` and
//! `link.rs` run the programs. Nothing here runs code of a module, and programs see only the folders that are named to them.

mod assembly;
mod compile;
mod embed;
mod fetch;
mod glob;
mod go_mod;
mod go_sum;
mod graph;
mod host;
pub(crate) mod http;
mod link;
mod listing;
mod manifest;
mod modules;
mod netrc;
mod objects;
mod program;
mod replaced;
mod resolve;
mod settings;
#[cfg(test)]
mod testing;
mod unpack;
mod vendor;
mod zip_file;

pub use host::{Ended, Folder, Programs, Run, Step};
pub use manifest::{ARCHIVE, CLIENT_MODULE, FORMAT, MANIFEST, Manifest};
pub use netrc::Logins;
pub use program::program;
pub use replaced::replaced_digest;
pub use settings::{ModuleSettings, WrittenSettings};

use crate::error::GoError;
use compile::Compiler;
use go_mod::GoMod;
use modules::{Modules, ModulesOptions};
use objects::Objects;
use resolve::Resolver;
use std::path::{Path, PathBuf};

/// What building with a pack needs beside the module.
#[derive(Clone, Copy)]
pub struct PackHost<'a> {
    /// The installation's `runtimes` folder.
    pub runtimes: &'a Path,
    /// Where the unpacked pack, fetched modules and compiled packages are kept.
    pub cache: &'a Path,
    /// How modules are fetched.
    pub settings: &'a ModuleSettings,
    /// Runs the programs.
    pub programs: &'a dyn Programs,
}

/// A module's folder, assembled.
pub(crate) struct Assembled<'a> {
    /// The folder with source, generated code and, unless the pack's serves, the client.
    pub(crate) folder: PathBuf,
    /// Where the user has the source, and what it may reach.
    pub(crate) written: &'a Path,
    pub(crate) context: &'a Path,
    /// Import path of the client.
    pub(crate) client: &'a str,
    /// Whether the client of the pack serves.
    pub(crate) packed_client: bool,
}

/// Builds the core module; gives its file, which lies in `work`.
pub(crate) fn build(
    manifest: &Manifest,
    host: PackHost<'_>,
    module: &Assembled<'_>,
    work: &Path,
) -> Result<PathBuf, GoError> {
    let pack = unpack::unpacked(manifest, host.runtimes, host.cache, host.programs)?;
    let text = fs_err::read_to_string(module.folder.join("go.mod"))?;
    let go_mod =
        GoMod::parse(&text).map_err(|error| GoError::Compile(format!("go: errors parsing go.mod:\n{error}")))?;
    if go_mod.minor() > manifest.minor() {
        return Err(GoError::Compile(format!(
            "go: go.mod requires go >= {} (running {}, of dockwright's own toolchain; a `go` on PATH is used instead of it)",
            go_mod.go.as_deref().unwrap_or_default(),
            manifest.go.replacen("go", "go ", 1),
        )));
    }
    let modules = Modules::new(ModulesOptions {
        go_mod: &go_mod,
        settings: host.settings,
        programs: host.programs,
        source: module.folder.clone(),
        written: module.written.to_owned(),
        context: module.context.to_owned(),
        cache: host.cache.to_owned(),
    })?;
    let resolver = Resolver {
        manifest,
        go_mod: &go_mod,
        source: module.folder.clone(),
        client: module.client.to_owned(),
        packed_client: module.packed_client,
        modules,
    };
    let packages = graph::packages(&resolver, host.programs)?;
    let mut sources = resolver.modules.folders();
    sources.push(Folder {
        host: module.folder.clone(),
        guest: "/src".to_owned(),
        writable: false,
    });
    let out = work.join("out");
    fs_err::create_dir_all(&out)?;
    let compiler = Compiler {
        manifest,
        toolchain: manifest.digest(),
        pack,
        objects: Objects::open(host.cache)?,
        work: out,
        sources,
        programs: host.programs,
    };
    let keys = compiler.compile(&packages)?;
    link::link(&compiler, &packages, &keys, &go_mod)
}
