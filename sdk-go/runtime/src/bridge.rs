//! The functions that the bridge puts into the shim's table: the way into Go's memory and to Go's exports.
//!
//! Their order is that of `host/go/src/bridge.rs`.

use std::cell::Cell;
use std::mem::transmute;

type Copy = extern "C" fn(u32, u32, u32);
type Call = extern "C" fn();

thread_local!(static FIRST: Cell<usize> = const { Cell::new(0) });

/// Called by the bridge when it starts: where in the table its functions begin.
#[unsafe(no_mangle)]
extern "C" fn dockwright_hooks(first: u32) {
    FIRST.set(first as usize);
}

/// Copies from Go's memory into the shim's.
pub(crate) fn copy_in(to: *mut u8, from: u32, length: u32) {
    copy(0)(to as u32, from, length);
}

/// Copies from the shim's memory into Go's.
pub(crate) fn copy_out(to: u32, from: *const u8, length: u32) {
    copy(1)(to, from as u32, length);
}

/// Starts Go's runtime and runs the module's initialisation.
pub(crate) fn initialize() {
    call(2)();
}

/// Runs the call that `input` gives.
pub(crate) fn invoke() {
    call(3)();
}

fn copy(index: usize) -> Copy {
    // SAFETY: the bridge puts functions of this type at the first two places (function pointers are table indices here).
    unsafe { transmute::<usize, Copy>(FIRST.get() + index) }
}

fn call(index: usize) -> Call {
    // SAFETY: the bridge puts functions of this type at the places after those.
    unsafe { transmute::<usize, Call>(FIRST.get() + index) }
}

/// Bytes of Go's memory.
pub(crate) fn bytes(at: u32, length: u32) -> Vec<u8> {
    let mut bytes = vec![0; length as usize];
    copy_in(bytes.as_mut_ptr(), at, length);
    bytes
}

/// Text of Go's memory. What is no UTF-8 is replaced.
pub(crate) fn text(at: u32, length: u32) -> String {
    match String::from_utf8(bytes(at, length)) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

/// A number of Go's memory.
pub(crate) fn number(at: u32) -> u32 {
    let mut bytes = [0; 4];
    copy_in(bytes.as_mut_ptr(), at, 4);
    u32::from_le_bytes(bytes)
}

/// Writes into Go's memory.
pub(crate) fn put(at: u32, bytes: &[u8]) {
    copy_out(at, bytes.as_ptr(), bytes.len() as u32);
}
