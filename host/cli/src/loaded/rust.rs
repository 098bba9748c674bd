//! Rust modules: built with the user's cargo, once for each state of their source, and asked what they offer.

use super::python::definition;
use super::{Callable, Prepared, phase, utf8};
use crate::error::CliError;
use crate::session::Session;
use dockwright_module::{DefinitionCache, LockedModule, ModuleError, Origin};
use dockwright_runtime::{Language, ModuleSource};
use dockwright_schema::core_digest;
use std::path::{Path, PathBuf};

pub(super) async fn prepare(session: &Session, locked: &LockedModule) -> Result<Prepared, CliError> {
    let components = session.directories.cache.join("rust/components");
    let component = components.join(format!("{}.wasm", locked.digest));
    if !component.is_file() {
        build(session, locked, &component).await?;
    }
    component_of(session, locked, &component).await
}

/// A module whose source is a component.
pub(super) async fn component_of(session: &Session, locked: &LockedModule, path: &Path) -> Result<Prepared, CliError> {
    let source = ModuleSource {
        name: locked.manifest.name.clone(),
        digest: locked.digest.clone(),
        language: Language::Component { path: utf8(path)? },
    };
    let digest = session.runtime()?.runtime_digest(&source.language)?;
    let key = DefinitionCache::key(&digest, &source.digest, &core_digest());
    let callable = Callable::ready(source);
    let definition = definition(session, &key, &callable).await?;
    Ok(Prepared { callable, definition })
}

async fn build(session: &Session, locked: &LockedModule, component: &Path) -> Result<(), CliError> {
    let module = locked.manifest.name.clone();
    // A build runs the package's scripts and macros outside of any sandbox.
    if locked.origin != Origin::Local {
        return Err(CliError::Load {
            message: "it is written in Rust and not published: building it would run its build scripts on this machine; clone it and name its directory, or have it published with `dockwright publish`".to_owned(),
            module,
        });
    }
    let (source, component) = (locked.source.clone(), component.to_owned());
    let target = session.directories.cache.join("rust/target");
    phase(session, format!("build {module} with cargo"), move || {
        let built = dockwright_rust::build(&source, &target);
        let built = built.map_err(|problem| ModuleError::Rust {
            module,
            problem: Box::new(problem),
        })?;
        Ok(keep(&component, &built)?)
    })
    .await
}

/// Written beside its place and renamed, so that another process sees all of it or nothing.
fn keep(component: &Path, built: &[u8]) -> std::io::Result<()> {
    let directory = component.parent().map(PathBuf::from).unwrap_or_default();
    fs_err::create_dir_all(&directory)?;
    let mut file = tempfile::NamedTempFile::new_in(&directory)?;
    std::io::Write::write_all(&mut file, built)?;
    file.persist(component).map_err(|error| error.error)?;
    Ok(())
}
