//! Cancels one request before it ends and one after it ended, and gets neither.

use dockwright_guests::*;

struct Cancel;

impl Behaviour for Cancel {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        let slow = api::submit("10000", None);
        let quick = api::submit("1", None);
        let other = api::submit("50", None);
        api::cancel(slow);
        let begin = system::monotonic_clock();
        while system::monotonic_clock() - begin < 20_000_000 {}
        api::cancel(quick);
        api::cancel(4711);
        let got = show(api::wait(None));
        let rest = show(api::wait(Some(20_000_000)));
        Ok(quote(&format!("{} of {other}, then {rest}", got)))
    }
}

export!(Cancel);
