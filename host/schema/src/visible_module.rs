//! A module as another one sees it.

use crate::execute::ModuleId;
use crate::module_def::ModuleDef;
use crate::names::namespaced;
use std::sync::Arc;

/// A module as a schema sees it.
#[derive(Clone, Debug)]
pub struct VisibleModule {
    /// Name under which it appears: its own, or what the manifest that depends on it says.
    pub name: String,
    /// Identity of the loaded module.
    pub id: ModuleId,
    /// What it offers.
    pub def: Arc<ModuleDef>,
}

impl VisibleModule {
    /// The API name that a type of the module has here.
    pub fn type_name(&self, name: &str) -> String {
        namespaced(&self.name, &self.def.main_object, name)
    }

    /// Whether the module itself defines a type of that name.
    pub fn defines(&self, name: &str) -> bool {
        self.def.defines(name)
    }
}
