//! The world's exports.

use crate::world::Component;
use crate::world::functions::{Failure, FunctionCall, Guest, ModuleDef};
use crate::{bridge, call, failure, log, module};

impl Guest for Component {
    fn describe() -> Result<ModuleDef, Failure> {
        Err(failure::plain(
            "a Go module is described from its source, without running it; that its code was asked is a bug in dockwright",
        ))
    }

    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        if module::starts() {
            bridge::initialize();
        }
        module::give(call::json(&call));
        bridge::invoke();
        log::flush();
        match module::take() {
            Some(Ok(result)) => Ok(result),
            Some(Err(told)) => Err(failure::parse(&told)),
            None => Err(failure::plain("the module gave no result")),
        }
    }
}
