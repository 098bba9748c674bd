//! The functions that a component exports, and the names that they have in the API.

use dockwright_schema::names::{camel_case, pascal_case};
use wasmtime::Engine;
use wasmtime::component::types::{Component, ComponentFunc, ComponentItem, Type};

/// A function that a component exports.
#[derive(Clone, Debug)]
pub(crate) struct Export {
    /// Name of the interface's export; none for a function of the component itself.
    pub(super) interface: Option<String>,
    /// Its name in WIT.
    pub(super) name: String,
    pub(super) ty: ComponentFunc,
}

/// Everything that a component exports and the API can offer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exports {
    pub(super) functions: Vec<Export>,
    /// Types that have names, by them.
    pub(super) types: Vec<(String, Type)>,
}

impl Exports {
    /// Reads a component's type.
    pub(crate) fn of(component: &Component, engine: &Engine) -> Exports {
        let mut exports = Exports::default();
        for (name, item) in component.exports(engine) {
            match item.ty {
                ComponentItem::ComponentInstance(interface) => {
                    for (member, item) in interface.exports(engine) {
                        exports.add(Some(name), member, item.ty);
                    }
                }
                other => exports.add(None, name, other),
            }
        }
        exports
    }

    fn add(&mut self, interface: Option<&str>, name: &str, item: ComponentItem) {
        match item {
            // Constructors, methods and statics of resources have names such as `[method]file.read`.
            ComponentItem::ComponentFunc(ty) if !name.starts_with('[') => self.functions.push(Export {
                interface: interface.map(str::to_owned),
                name: name.to_owned(),
                ty,
            }),
            ComponentItem::Type(ty) => self.types.push((pascal_case(name), ty)),
            _ => {}
        }
    }

    /// Whether there is nothing to call.
    pub(crate) fn is_empty(&self) -> bool {
        self.functions.is_empty()
    }

    /// Names of the interfaces that are objects of their own, as exported. There are none where all functions have one place.
    pub(super) fn interfaces(&self) -> Vec<&str> {
        let mut places: Vec<Option<&str>> = self
            .functions
            .iter()
            .map(|export| export.interface.as_deref())
            .collect();
        places.dedup();
        if places.len() < 2 {
            return Vec::new();
        }
        places.into_iter().flatten().collect()
    }

    /// The function behind an API name of an object; `main` is the name of the main object.
    pub(super) fn find(&self, main: &str, object: &str, function: &str) -> Option<&Export> {
        let split = !self.interfaces().is_empty();
        self.functions.iter().find(|export| {
            let owner = match &export.interface {
                Some(interface) if split => pascal_case(short(interface)),
                _ => main.to_owned(),
            };
            owner == object && camel_case(&export.name) == function
        })
    }
}

/// An interface's own name: `text` of `acme:tools/text@1.0.0`.
pub(super) fn short(interface: &str) -> &str {
    let path = interface.split('@').next().unwrap_or(interface);
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn an_interface_is_called_by_its_own_name() {
        assert_eq!(short("acme:tools/text@1.0.0"), "text");
        assert_eq!(short("text"), "text");
    }
}
