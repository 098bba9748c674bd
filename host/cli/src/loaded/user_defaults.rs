//! `.env` files that give values to arguments: the module's own, and the caller's, which is found from the working directory upwards.
//!
//! The caller's file speaks for the caller. It speaks of the module that was asked for and of those that this one's manifest names; whoever
//! else is called decides neither its own name nor what it gets. The file of a dependency speaks for the dependency: it reaches neither the
//! caller's environment nor anything else of the host.

use super::Served;
use crate::environment;
use crate::error::CliError;
use dockwright_api::{DefaultsFile, DefaultsSource, with_user_defaults};
use dockwright_module::Origin;
use dockwright_schema::{ModuleDef, ModuleId, Principal};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

const NAME: &str = ".env";

/// Gives the module, and those below it, what the files say of them.
pub(crate) fn apply(main: &mut Served, workdir: &Path) -> Result<(), CliError> {
    let environment = environment::referred;
    let callers = match workdir.ancestors().find(|directory| directory.join(NAME).is_file()) {
        Some(directory) => DefaultsFile::read(&directory.join(NAME), &environment)?,
        None => None,
    };
    let named: Vec<(ModuleId, String)> = main
        .dependencies
        .iter()
        .map(|seen| (seen.id.clone(), seen.name.clone()))
        .collect();
    let mut changed: HashMap<ModuleId, Arc<ModuleDef>> = HashMap::new();
    for below in &mut main.below {
        let id = below.id().clone();
        let names = named
            .iter()
            .filter(|(named, _)| *named == id)
            .map(|(_, name)| name.as_str());
        let speaker = Principal::Module(id.clone());
        let own = own_file(below, &|_| None)?;
        if let Some(def) = give(below, own.as_ref(), speaker, callers.as_ref(), names.collect())? {
            changed.insert(id, def);
        }
    }
    let own = own_file(main, &environment)?;
    for toolchain in &mut main.toolchains {
        let name = toolchain.module.name.clone();
        let speaker = Principal::Module(toolchain.id().clone());
        let its_own = own_file(toolchain, &|_| None)?;
        give(toolchain, its_own.as_ref(), speaker.clone(), own.as_ref(), vec![&name])?;
        give(toolchain, None, speaker, callers.as_ref(), vec![&name])?;
        see(toolchain, &changed);
    }
    let name = main.module.name.clone();
    let id = main.id().clone();
    if let Some(def) = give(
        main,
        own.as_ref(),
        Principal::CommandLine,
        callers.as_ref(),
        vec![&name],
    )? {
        changed.insert(id, def);
    }
    see(main, &changed);
    for below in &mut main.below {
        see(below, &changed);
    }
    Ok(())
}

fn own_file(served: &Served, environment: &dyn Fn(&str) -> Option<String>) -> Result<Option<DefaultsFile>, CliError> {
    match served.locked.origin {
        Origin::Local => Ok(DefaultsFile::read(&served.locked.root.join(NAME), environment)?),
        _ => Ok(None),
    }
}

/// Gives the module what the files say of it; the definition when it is another one now.
fn give(
    served: &mut Served,
    own: Option<&DefaultsFile>,
    speaker: Principal,
    callers: Option<&DefaultsFile>,
    names: Vec<&str>,
) -> Result<Option<Arc<ModuleDef>>, CliError> {
    let own = own.map(|file| DefaultsSource {
        file,
        names: Vec::new(),
        speaker,
    });
    let callers = callers.filter(|_| !names.is_empty()).map(|file| DefaultsSource {
        file,
        names,
        speaker: Principal::CommandLine,
    });
    let sources: Vec<DefaultsSource<'_>> = own.into_iter().chain(callers).collect();
    let Some((def, defaults)) = with_user_defaults(&served.module.def, &sources)? else {
        return Ok(None);
    };
    let def = Arc::new(def);
    served.module.def = def.clone();
    served.defaults.extend(defaults);
    Ok(Some(def))
}

/// Has the module see those that it calls as they are now.
fn see(served: &mut Served, changed: &HashMap<ModuleId, Arc<ModuleDef>>) {
    for seen in &mut served.dependencies {
        if let Some(def) = changed.get(&seen.id) {
            seen.def = def.clone();
        }
    }
}
