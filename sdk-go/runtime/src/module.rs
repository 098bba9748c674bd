//! The imports `input` and `output` of a Go module: the call that it runs, and what comes of it.

use crate::bridge;
use std::cell::{Cell, RefCell};

thread_local! {
    static STARTED: Cell<bool> = const { Cell::new(false) };
    static INPUT: RefCell<String> = const { RefCell::new(String::new()) };
    static OUTPUT: RefCell<Option<Result<String, String>>> = const { RefCell::new(None) };
}

/// True the first time: Go's runtime is not up yet.
pub(crate) fn starts() -> bool {
    !STARTED.replace(true)
}

/// Sets the call that the module reads.
pub(crate) fn give(call: String) {
    INPUT.set(call);
    OUTPUT.set(None);
}

/// The result, or the failure's text; none when the module gave neither.
pub(crate) fn take() -> Option<Result<String, String>> {
    OUTPUT.take()
}

#[unsafe(no_mangle)]
extern "C" fn input(into: u32, length: u32) -> u32 {
    if length == 0 {
        return INPUT.with_borrow(|call| call.len() as u32);
    }
    // Taken first: nothing may be borrowed while the bridge runs.
    let call = INPUT.take();
    let copied = length.min(call.len() as u32);
    bridge::copy_out(into, call.as_ptr(), copied);
    copied
}

#[unsafe(no_mangle)]
extern "C" fn output(from: u32, length: u32, failed: u32) {
    let text = bridge::text(from, length);
    OUTPUT.set(Some(if failed == 0 { Ok(text) } else { Err(text) }));
}
