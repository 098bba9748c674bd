//! Computes for as many milliseconds as it is told, in portions, and waits for the API between them.

use dockwright_guests::*;

struct Spins;

impl Behaviour for Spins {
    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        let number = |index: usize| call.arguments[index].value.parse::<u64>().unwrap();
        for _ in 0..number(0) {
            let begin = system::monotonic_clock();
            while system::monotonic_clock() - begin < number(1) * 1_000_000 {}
            api::submit(&call.arguments[2].value, None);
            api::wait(None);
        }
        Ok("null".into())
    }
}

export!(Spins);
