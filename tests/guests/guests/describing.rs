//! Calls the API while it is described, and fails with the answer.

use dockwright_guests::*;

struct Describing;

impl Behaviour for Describing {
    fn describe() -> Result<ModuleDef, Failure> {
        api::submit("{ container { id } }", None);
        Err(fail("TransportError", show(api::wait(None))))
    }

    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        Ok("null".into())
    }
}

export!(Describing);
