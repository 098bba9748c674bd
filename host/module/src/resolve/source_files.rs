//! The files of a module and of those that it calls by a path: manifest, source, and what is included.

use super::Refresh;
use super::Resolver;
use super::graph::Graph;
use super::place::Place;
use super::source::{below, parsed};
use crate::digest::NOT_SOURCE;
use crate::error::ModuleError;
use crate::find::cleaned;
use crate::included::Included;
use crate::lockfile::{LOCK_NAME, Lockfile};
use crate::manifest::Manifest;
use crate::reference::ModuleRef;
use dockwright_schema::{SourceAt, SourceFiles};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Kept with the source, but for nobody else: values for the caller's arguments.
const ENV_FILE: &str = ".env";

impl Resolver {
    /// The files of the module at the place, which need not be in a state to be loaded.
    ///
    /// # Errors
    /// A manifest cannot be read, or names what is not there.
    pub fn source_files(&self, source: &SourceAt) -> Result<SourceFiles, ModuleError> {
        let place = self.spot(&source.place)?.place;
        let manifest = match &source.manifest {
            Some(fields) => Some(parsed(&place.manifest, fields)?),
            None if place.manifest.is_file() => Some(Manifest::read(&place.manifest)?),
            None => None,
        };
        let mut files = Collected::default();
        if let Some(manifest) = manifest {
            self.collect(&place, &manifest, &mut files)?;
        }
        let names = NOT_SOURCE.iter().chain([&ENV_FILE]).map(|name| format!("**/{name}"));
        files.exclude.extend(names);
        Ok(SourceFiles {
            include: files.include.into_iter().collect(),
            exclude: files.exclude.into_iter().collect(),
        })
    }

    fn collect(&self, place: &Place, manifest: &Manifest, files: &mut Collected) -> Result<(), ModuleError> {
        if !files.modules.insert(place.root.clone()) {
            return Ok(());
        }
        let source = cleaned(&place.root.join(manifest.source.as_deref().unwrap_or(".")));
        let included = Included::read(manifest, &place.manifest, &source, &place.context)?;
        let lock = place.root.join(LOCK_NAME);
        let own = [&place.manifest, &lock, &source].into_iter().chain(&included.files);
        files.include.extend(own.map(|path| below(&place.context, path)));
        let left_out = manifest.include.iter().filter_map(|pattern| pattern.strip_prefix('!'));
        files.exclude.extend(left_out.map(|pattern| {
            let path = cleaned(&place.root.join(pattern));
            below(&place.context, &path)
        }));
        let locked = Lockfile::default();
        for dependency in &manifest.dependencies {
            let reference = ModuleRef::parse_dependency(&dependency.source, dependency.pin.as_deref(), &place.root);
            if !matches!(reference, Ok(ModuleRef::Local(_))) {
                continue;
            }
            let refresh = Refresh::Nothing;
            let mut graph = Graph::new(&self.git, self.registry.as_ref(), &locked, &refresh);
            // One that is missing, or that may not be reached from here, has no files.
            let Ok(at) = graph.locate(place, dependency) else {
                continue;
            };
            if at.context == place.context {
                let manifest = Manifest::read(&at.manifest)?;
                self.collect(&at, &manifest, files)?;
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Collected {
    modules: BTreeSet<PathBuf>,
    include: BTreeSet<String>,
    exclude: BTreeSet<String>,
}
