//! Returns something that is not JSON.

use dockwright_guests::*;

struct Garbled;

impl Behaviour for Garbled {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        Ok("{nope".into())
    }
}

export!(Garbled);
