//! Timers of JavaScript. What they call is kept by `js/timers.js`.

use crate::clock;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

/// The longest delay in milliseconds, as in browsers and node; a longer one is as good as none.
const LONGEST: f64 = 2_147_483_647.0;

thread_local! {
    static TIMERS: RefCell<Timers> = RefCell::default();
}

#[derive(Default)]
struct Timers {
    /// Deadline (nanoseconds of the monotonic clock), order of arming, id.
    queue: BinaryHeap<Reverse<(u64, u64, u32)>>,
    armed: HashSet<u32>,
    sequence: u64,
}

/// The first timer.
pub(crate) enum Next {
    /// It is due, and no longer armed.
    Due(u32),
    /// It is due in that many nanoseconds.
    In(u64),
}

/// Arms a timer that is not.
pub(crate) fn arm(id: u32, milliseconds: f64) {
    let delay = if (1.0..=LONGEST).contains(&milliseconds) {
        milliseconds
    } else {
        1.0
    };
    let deadline = clock::monotonic_ns().saturating_add((delay * 1e6) as u64);
    TIMERS.with_borrow_mut(|timers| {
        timers.sequence += 1;
        let sequence = timers.sequence;
        timers.queue.push(Reverse((deadline, sequence, id)));
        timers.armed.insert(id);
    });
}

/// Stops a timer.
pub(crate) fn disarm(id: u32) {
    TIMERS.with_borrow_mut(|timers| {
        timers.armed.remove(&id);
    });
}

/// Whether any is armed, and when.
pub(crate) fn next() -> Option<Next> {
    TIMERS.with_borrow_mut(|timers| {
        while let Some(&Reverse((deadline, _, id))) = timers.queue.peek() {
            if !timers.armed.contains(&id) {
                timers.queue.pop();
                continue;
            }
            let now = clock::monotonic_ns();
            if deadline > now {
                return Some(Next::In(deadline - now));
            }
            timers.queue.pop();
            timers.armed.remove(&id);
            return Some(Next::Due(id));
        }
        None
    })
}
