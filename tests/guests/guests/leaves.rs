//! Returns while its request runs.

use dockwright_guests::*;

struct Leaves;

impl Behaviour for Leaves {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        api::submit("10000", None);
        api::wait(Some(20_000_000));
        Ok("null".into())
    }
}

export!(Leaves);
