//! Modules that call themselves: for them, bindings of their own functions are among those of their dependencies, so that code may say
//! `dag.<own name>()`. What the API lets a module call does not change: it always sees itself.

use dockwright_module::{LockedModule, Origin, calls_itself};
use dockwright_schema::{ModuleDef, ModuleId, VisibleModule};
use std::sync::Arc;

/// Whether the module's manifest, or its artifact, says that its code calls itself.
pub(crate) fn is_called(locked: &LockedModule) -> bool {
    match &locked.origin {
        Origin::Artifact(module) => module.entry().is_ok_and(|entry| calls_itself(&entry.requires)),
        _ => locked.manifest.calls_itself(),
    }
}

/// The dependencies, and the module itself when it calls itself.
pub(super) fn with_itself(
    locked: &LockedModule,
    definition: &ModuleDef,
    dependencies: &[VisibleModule],
) -> Vec<VisibleModule> {
    let itself = is_called(locked).then(|| VisibleModule {
        name: locked.manifest.name.clone(),
        id: ModuleId(locked.digest.as_str().into()),
        def: Arc::new(definition.clone()),
    });
    dependencies.iter().cloned().chain(itself).collect()
}
