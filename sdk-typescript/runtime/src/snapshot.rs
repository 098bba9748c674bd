//! What the build calls to make the snapshot. No function of the world is called meanwhile: there is no host yet.

use crate::{bundle, engine};
use std::cell::RefCell;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ERROR: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes room for the bundle of the globals and the SDK, and returns where the build writes it to.
#[unsafe(no_mangle)]
extern "C" fn snapshot_input(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        *input = vec![0; length];
        input.as_mut_ptr()
    })
}

/// Starts the engine with what was written. Returns the length of the error's text; 0 when it went well.
#[unsafe(no_mangle)]
extern "C" fn snapshot() -> usize {
    let started = String::from_utf8(INPUT.take())
        .map_err(|error| error.to_string())
        .and_then(|text| bundle::load(&text))
        .and_then(|_| engine::start());
    let error = started.err().unwrap_or_default();
    let length = error.len();
    ERROR.set(error);
    length
}

/// Where the error's text is.
#[unsafe(no_mangle)]
extern "C" fn snapshot_error() -> *const u8 {
    ERROR.with_borrow(|error| error.as_ptr())
}
