//! Panics.

use dockwright_guests::*;

struct Panics;

impl Behaviour for Panics {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        panic!("on purpose")
    }
}

export!(Panics);
