//! `source`: the named parts of a module's bundle, for runtimes that load the user's code when they start.

use crate::bindings::dockwright::module::source::Host;
use crate::instance::State;

impl Host for State {
    fn read(&mut self, name: String) -> wasmtime::Result<Option<String>> {
        Ok(self.grants.parts.get(&name).cloned())
    }
}
