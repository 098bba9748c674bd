//! The world's exports: `invoke` loads the module's bundle into the engine and runs one function.

use crate::world::functions::{Failure, FunctionCall, Guest, ModuleDef};
use crate::world::{Component, source};
use crate::{bundle, clock, event_loop, failure};

/// Kind of the failures that are not JavaScript errors.
const KIND: &str = "RuntimeError";

impl Guest for Component {
    fn describe() -> Result<ModuleDef, Failure> {
        Err(failure::plain(
            KIND,
            "a TypeScript module is described from its source, without running it; that the runtime was asked is a bug in dockwright",
        ))
    }

    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        clock::start();
        let text =
            source::read("bundle").ok_or_else(|| failure::plain(KIND, "the module has no bundle; build it again"))?;
        let loaded = bundle::load(&text).map_err(|message| failure::plain(KIND, &message))?;
        // The text is no longer needed, and the user's code may want the memory.
        drop(text);
        for entry in &loaded.entries {
            let stuck = || {
                let message = format!(
                    "{entry} (or a file that it imports) awaits at its top level what nothing is left to bring about"
                );
                failure::at_start_of(entry, failure::DEADLOCK, &message)
            };
            event_loop::run(|hooks| hooks.load(entry), stuck)?;
        }
        let stuck = || {
            failure::plain(
                failure::DEADLOCK,
                "the function awaits a promise that nothing is left to resolve: no request and no timer is open",
            )
        };
        event_loop::run(|hooks| hooks.invoke(&loaded.types, &call), stuck)
    }
}
