//! Never returns.

use dockwright_guests::*;

struct Endless;

impl Behaviour for Endless {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        loop {
            std::hint::spin_loop();
        }
    }
}

export!(Endless);
