//! TypeScript modules: built from their source by the front end, which also reads their definition. No module code runs.

use super::itself::{is_called, with_itself};
use super::{Callable, Prepared, bindings, phase, utf8};
use crate::error::CliError;
use crate::session::Session;
use dockwright_codegen::typescript;
use dockwright_module::{
    BundleCache, Bundled, LockedModule, NpmProject, TypeScriptDependencies, typescript_definition, vendor_npm,
    vendored_npm,
};
use dockwright_runtime::{Language, ModuleSource};
use dockwright_schema::VisibleModule;
use std::path::PathBuf;

pub(super) async fn prepare(
    session: &Session,
    locked: &LockedModule,
    project: &NpmProject,
    dependencies: &[VisibleModule],
) -> Result<Prepared, CliError> {
    let cache = BundleCache::new(session.directories.cache.join("bundles"), dockwright_codegen::FORMAT);
    let bundled = match cache.get(locked) {
        Some(known) => known,
        None => build(session, cache, locked, project, dependencies).await?,
    };
    let source = ModuleSource {
        name: locked.manifest.name.clone(),
        digest: locked.digest.clone(),
        language: Language::TypeScript {
            bundle: utf8(&bundled.bundle)?,
            maps: utf8(&bundled.maps)?,
        },
    };
    Ok(Prepared {
        callable: Callable::ready(source),
        definition: bundled.definition,
    })
}

async fn build(
    session: &Session,
    cache: BundleCache,
    locked: &LockedModule,
    project: &NpmProject,
    dependencies: &[VisibleModule],
) -> Result<Bundled, CliError> {
    let packages = packages(session, locked, project).await?;
    let packages = packages.as_deref();
    let bound = Bound::of(locked, dependencies)?;
    if !is_called(locked) {
        return Ok(cache.build(locked, packages, bound.as_ref().map(Bound::borrow))?);
    }
    let definition = typescript_definition(locked, packages, bound.as_ref().map(Bound::borrow))?;
    let bound = Bound::of(locked, &with_itself(locked, &definition, dependencies))?;
    Ok(cache.build(locked, packages, bound.as_ref().map(Bound::borrow))?)
}

/// Bindings of modules.
struct Bound {
    text: String,
    enums: Vec<String>,
}

impl Bound {
    /// None when there are no modules.
    fn of(locked: &LockedModule, modules: &[VisibleModule]) -> Result<Option<Bound>, CliError> {
        if modules.is_empty() {
            return Ok(None);
        }
        let text = typescript::dependencies(modules);
        let text = text.map_err(|error| bindings::refused(&locked.manifest.name, &error))?;
        let enums = |module: &VisibleModule| -> Vec<String> {
            let names = module.def.enums.iter().map(|each| each.name.as_str());
            names.map(|name| module.type_name(name)).collect()
        };
        let enums = modules.iter().flat_map(enums).collect();
        Ok(Some(Bound { text, enums }))
    }

    fn borrow(&self) -> TypeScriptDependencies<'_> {
        TypeScriptDependencies {
            text: &self.text,
            enums: &self.enums,
        }
    }
}

/// The folder with the module's packages in its `node_modules`, when the module does not bring them; installed when they are not yet.
async fn packages(session: &Session, locked: &LockedModule, project: &NpmProject) -> Result<Option<PathBuf>, CliError> {
    if !project.needs_packages() {
        return Ok(None);
    }
    let directory = session.directories.npm_packages();
    if let Some(present) = vendored_npm(&locked.source, &directory)? {
        return Ok(Some(present));
    }
    let names: Vec<&str> = project.dependencies.iter().map(|(name, _)| name.as_str()).collect();
    let label = format!("install {}", names.join(", "));
    let (module, source) = (locked.manifest.name.clone(), locked.source.clone());
    let installed = phase(session, label, move || vendor_npm(&module, &source, &directory)).await?;
    Ok(Some(installed))
}
