//! Waits for nothing.

use dockwright_guests::*;

struct Deadlock;

impl Behaviour for Deadlock {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        Ok(quote(&show(api::wait(None))))
    }
}

export!(Deadlock);
