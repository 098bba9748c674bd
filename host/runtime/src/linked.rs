//! A component with its imports resolved: all that remains is to make instances of it.

use crate::bindings::{Runtime as World, RuntimePre};
use crate::error::RuntimeError;
use crate::instance::State;
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Store};

/// Interfaces that a component may import, by how their names begin.
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
    pre: RuntimePre<State>,
    wasi: bool,
}

impl Linked {
    /// Resolves the imports. `module` is its name, for errors.
    pub(crate) fn new(engine: &Engine, component: &Component, module: &str) -> Result<Linked, RuntimeError> {
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
        let pre = link(engine, component, wasi).map_err(|error| RuntimeError::World {
            module: module.to_owned(),
            message: format!("{error:#}"),
        })?;
        Ok(Linked { pre, wasi })
    }

    /// Whether it imports any of WASI.
    pub(crate) fn wants_wasi(&self) -> bool {
        self.wasi
    }

    pub(crate) async fn instantiate(&self, store: &mut Store<State>) -> wasmtime::Result<World> {
        self.pre.instantiate_async(store).await
    }
}

fn link(engine: &Engine, component: &Component, wasi: bool) -> wasmtime::Result<RuntimePre<State>> {
    let mut linker = Linker::new(engine);
    World::add_to_linker::<_, HasSelf<State>>(&mut linker, |state| state)?;
    if wasi {
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    }
    RuntimePre::new(linker.instantiate_pre(component)?)
}
