//! Prints a lot.

use dockwright_guests::*;

struct Flood;

impl Behaviour for Flood {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        for _ in 0..1000 {
            system::log(system::Level::Info, &"x".repeat(1000));
        }
        Ok("null".into())
    }
}

export!(Flood);
