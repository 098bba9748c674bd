//! The modules that somebody sees, and what objects are to them: the same object has another type's name for whoever calls its module otherwise.

use crate::api::Api;
use crate::recipe::Recipe;
use dockwright_schema::{ModuleId, ObjectId, VisibleModule, satisfies};

/// The modules that a principal sees.
pub(crate) struct View(Vec<VisibleModule>);

impl View {
    pub(crate) fn new(modules: Vec<VisibleModule>) -> View {
        View(modules)
    }

    /// The modules, under the names that they have here.
    pub(crate) fn modules(&self) -> &[VisibleModule] {
        &self.0
    }

    fn module(&self, id: &ModuleId) -> Option<&VisibleModule> {
        self.0.iter().find(|module| module.id == *id)
    }

    /// The name that the object's own type has here; none when the type is not seen.
    fn own_name(&self, api: &Api, id: &ObjectId) -> Option<String> {
        match &*api.store().get(id).ok()? {
            Recipe::Module { module, object, .. } => Some(self.module(module)?.type_name(object)),
            _ => Some(id.type_name().to_string()),
        }
    }

    /// The name of the object's type for a message.
    pub(crate) fn shown(&self, api: &Api, id: &ObjectId) -> String {
        self.own_name(api, id).unwrap_or_else(|| id.type_name().to_string())
    }

    /// Whether the object is of that type, or satisfies it when it is an interface of a module.
    pub(crate) fn is(&self, api: &Api, id: &ObjectId, type_name: &str) -> bool {
        self.own_name(api, id).is_some_and(|own| own == type_name) || self.satisfies(api, id, type_name)
    }

    /// The type as which the object appears where a document has fragments on `asked`.
    pub(crate) fn type_name(&self, api: &Api, id: &ObjectId, asked: &[&str]) -> Option<String> {
        let own = self.own_name(api, id);
        if own
            .as_deref()
            .is_some_and(|own| asked.is_empty() || asked.contains(&own))
        {
            return own;
        }
        let interface = asked.iter().find(|asked| self.satisfies(api, id, asked));
        interface.map(|name| (*name).to_owned()).or(own)
    }

    fn satisfies(&self, api: &Api, id: &ObjectId, interface: &str) -> bool {
        let wanted = self.0.iter().find_map(|module| {
            let interfaces = &module.def.interfaces;
            let found = interfaces
                .iter()
                .find(|each| module.type_name(&each.name) == interface)?;
            Some((module, found.name.as_str()))
        });
        let recipe = api.store().get(id).ok();
        match (wanted, recipe.as_deref()) {
            (Some(wanted), Some(Recipe::Module { module, object, .. })) => api
                .module(module)
                .is_ok_and(|served| satisfies((&served.module, object), wanted)),
            _ => false,
        }
    }
}
