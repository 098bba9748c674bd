//! Toolchains: modules whose functions are offered beside those of the module that names them. Their default paths are those of that module's files.

use super::Served;
use crate::error::CliError;
use dockwright_api::{Customization, customize};
use dockwright_module::{LockedModule, Origin};
use dockwright_schema::{Merged, ModuleId, Principal, VisibleModule};
use serde_json::Value;
use std::sync::Arc;

/// The toolchain at `index` of the module's manifest, made of the module that was loaded for it.
pub(super) fn toolchain(root: &Arc<LockedModule>, index: usize, loaded: &Served) -> Result<Served, CliError> {
    let mut served = loaded.clone();
    // It may be a dependency too, which has files of its own.
    served.module.id = ModuleId(format!("{}-toolchain-{index}", loaded.module.id.0).into());
    served.context = Some(root.clone());
    if let Some(named) = root.toolchains.get(index) {
        served.module.name.clone_from(&named.name);
    }
    let declared = root.manifest.toolchains.get(index);
    let said = declared.map(|declared| declared.other.clone()).unwrap_or_default();
    served.rules = serde_json::from_value(Value::Object(said)).map_err(|error| CliError::Load {
        module: served.module.name.clone(),
        message: format!("what dagger.json says of it as a toolchain: {error}"),
    })?;
    let customizations = declared.and_then(|declared| declared.other.get("customizations"));
    let customizations: Vec<Customization> = match customizations {
        None => Vec::new(),
        Some(value) => serde_json::from_value(value.clone()).map_err(|error| CliError::Load {
            module: served.module.name.clone(),
            message: format!("its `customizations` in dagger.json: {error}"),
        })?,
    };
    if !customizations.is_empty() {
        let speaker = match root.origin {
            Origin::Local => Principal::CommandLine,
            _ => Principal::Module(served.module.id.clone()),
        };
        let mut def = served.module.def.as_ref().clone();
        let manifest = root.root.join("dagger.json");
        customize(&mut def, &mut served.defaults, &customizations, &speaker, &manifest)?;
        served.module.def = Arc::new(def);
    }
    Ok(served)
}

impl Served {
    /// The types that its user sees: its own, and those of its toolchains.
    pub(crate) fn merged(&self) -> Result<Merged, CliError> {
        let toolchains: Vec<VisibleModule> = self.toolchains.iter().map(|each| each.module.clone()).collect();
        let modules: Vec<VisibleModule> = std::iter::once(&self.module).chain(&toolchains).cloned().collect();
        let merged = Merged::new(&modules).and_then(|merged| merged.offering(&self.module, &toolchains));
        merged.map_err(|error| CliError::other("module::definition", error.to_string()))
    }
}
