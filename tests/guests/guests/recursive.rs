//! Calls itself without end.

use dockwright_guests::*;

struct Recursive;

impl Behaviour for Recursive {
    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        Ok(deeper(call.name.len() as u64).to_string())
    }
}

#[inline(never)]
fn deeper(level: u64) -> u64 {
    if level == u64::MAX {
        0
    } else {
        std::hint::black_box(deeper(level + 1)) ^ level
    }
}

export!(Recursive);
