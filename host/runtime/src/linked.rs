//! A component with its imports resolved: all that remains is to make instances of it.

use crate::bindings::{Runtime as World, RuntimePre};
use crate::error::RuntimeError;
use crate::instance::State;
use crate::typed::Exports;
use wasmtime::component::{Component, HasSelf, Instance, InstancePre, Linker};
use wasmtime::{Engine, Store};

/// Interfaces of the module world, by how their names begin.
const WORLD: &str = "dockwright:module/";

/// WASI, for languages whose standard library is built on it. What is reachable through it is decided per instance.
const WASI: [&str; 6] = [
    "wasi:cli/",
    "wasi:clocks/",
    "wasi:filesystem/",
    "wasi:io/",
    "wasi:random/",
    "wasi:sockets/",
];

/// A component that is ready to be instantiated.
pub(crate) struct Linked {
    kind: Kind,
    wasi: bool,
}

/// How a component is called.
enum Kind {
    /// It is a module.
    World(RuntimePre<State>),
    /// It exports functions of its own.
    Typed(InstancePre<State>, Exports),
}

/// An instance of a component.
pub(crate) enum Guest {
    World(World),
    Typed(Instance),
}

impl Linked {
    /// Resolves the imports. `module` is its name, for errors.
    pub(crate) fn new(component: &Component, module: &str) -> Result<Linked, RuntimeError> {
        let engine = component.engine();
        let mut wasi = false;
        for (name, _) in component.component_type().imports(engine) {
            if WASI.iter().any(|prefix| name.starts_with(prefix)) {
                wasi = true;
            } else if !name.starts_with(WORLD) {
                return Err(RuntimeError::Import {
                    module: module.to_owned(),
                    import: name.to_owned(),
                });
            }
        }
        let kind = link(engine, component, wasi).map_err(|error| RuntimeError::World {
            module: module.to_owned(),
            message: format!("{error:#}"),
        })?;
        Ok(Linked { kind, wasi })
    }

    /// The functions of a component that is no module of the world.
    pub(crate) fn typed(&self) -> Option<&Exports> {
        match &self.kind {
            Kind::World(_) => None,
            Kind::Typed(_, exports) => Some(exports),
        }
    }

    /// The engine that its code is for.
    pub(crate) fn engine(&self) -> &Engine {
        match &self.kind {
            Kind::World(pre) => pre.engine(),
            Kind::Typed(pre, _) => pre.engine(),
        }
    }

    /// Whether it imports any of WASI.
    pub(crate) fn wants_wasi(&self) -> bool {
        self.wasi
    }

    pub(crate) async fn instantiate(&self, store: &mut Store<State>) -> wasmtime::Result<Guest> {
        Ok(match &self.kind {
            Kind::World(pre) => Guest::World(pre.instantiate_async(store).await?),
            Kind::Typed(pre, _) => Guest::Typed(pre.instantiate_async(store).await?),
        })
    }
}

fn link(engine: &Engine, component: &Component, wasi: bool) -> wasmtime::Result<Kind> {
    let ty = component.component_type();
    let names: Vec<&str> = ty
        .imports(engine)
        .chain(ty.exports(engine))
        .map(|(name, _)| name)
        .collect();
    let is_module = names.iter().any(|name| name.starts_with(WORLD));
    let exports = Exports::of(&ty, engine);
    let mut linker = Linker::new(engine);
    if wasi {
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    }
    if !is_module && !exports.is_empty() {
        return Ok(Kind::Typed(linker.instantiate_pre(component)?, exports));
    }
    World::add_to_linker::<_, HasSelf<State>>(&mut linker, |state| state)?;
    Ok(Kind::World(RuntimePre::new(linker.instantiate_pre(component)?)?))
}
