//! Clocks and random numbers: fixed while the snapshot is made, so that every build is the same; the host's afterwards.

use crate::world::system;
use std::cell::Cell;

/// The moment that a snapshot believes to live in: 2025-01-01T00:00:00Z, in microseconds.
const FIXED_US: f64 = 1_735_689_600e6;

thread_local! {
    static LIVE: Cell<bool> = const { Cell::new(false) };
}

/// From here on the host is asked.
pub(crate) fn start() {
    LIVE.set(true);
}

/// Whether the host may be asked.
pub(crate) fn live() -> bool {
    LIVE.get()
}

/// Nanoseconds from an arbitrary start.
pub(crate) fn monotonic_ns() -> u64 {
    if live() { system::monotonic_clock() } else { 0 }
}

/// Microseconds since 1970, which QuickJS makes its dates of.
#[unsafe(no_mangle)]
extern "C" fn __rquickjs_host_now_us() -> f64 {
    if live() {
        system::wall_clock() as f64 / 1e3
    } else {
        FIXED_US
    }
}

/// 64 random bits.
pub(crate) fn random() -> u64 {
    if live() {
        system::random()
    } else {
        0x9e37_79b9_7f4a_7c15
    }
}
