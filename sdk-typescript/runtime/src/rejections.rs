//! Promises that were rejected while nothing handled them. They are told when the jobs of a turn are done: a handler that
//! comes in the same turn is in time.

use crate::engine::Hooks;
use rquickjs::{Ctx, Persistent, Value};
use std::cell::RefCell;

/// A promise and its reason.
struct Rejection {
    promise: Persistent<Value<'static>>,
    reason: Persistent<Value<'static>>,
}

thread_local! {
    static OPEN: RefCell<Vec<Rejection>> = const { RefCell::new(Vec::new()) };
}

/// The engine's tracker: a promise was rejected without a handler, or got one afterwards.
pub(crate) fn track<'js>(ctx: Ctx<'js>, promise: Value<'js>, reason: Value<'js>, handled: bool) {
    OPEN.with_borrow_mut(|open| {
        if handled {
            open.retain(|rejection| {
                rejection
                    .promise
                    .clone()
                    .restore(&ctx)
                    .is_ok_and(|known| known != promise)
            });
        } else {
            open.push(Rejection {
                promise: Persistent::save(&ctx, promise),
                reason: Persistent::save(&ctx, reason),
            });
        }
    });
}

/// Logs those that are left.
pub(crate) fn tell(hooks: &Hooks<'_>) {
    for rejection in OPEN.take() {
        if let Ok(reason) = rejection.reason.restore(hooks.ctx()) {
            // Logging fails when memory is used up; the call's own failure says so.
            hooks.unhandled(reason).ok();
        }
    }
}
