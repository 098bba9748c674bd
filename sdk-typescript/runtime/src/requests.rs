//! Requests of JavaScript to the API that are open.

use crate::world::api;
use std::cell::RefCell;
use std::collections::HashSet;

thread_local! {
    static OPEN: RefCell<HashSet<u64>> = RefCell::default();
}

/// Starts a request.
pub(crate) fn submit(document: &str, variables: Option<&str>) -> u64 {
    let id = api::submit(document, variables);
    OPEN.with_borrow_mut(|open| open.insert(id));
    id
}

/// Ends a request whose response nobody wants.
pub(crate) fn cancel(id: u64) {
    if OPEN.with_borrow_mut(|open| open.remove(&id)) {
        api::cancel(id);
    }
}

/// Whether any is open.
pub(crate) fn any() -> bool {
    OPEN.with_borrow(|open| !open.is_empty())
}

/// The next that ended, within the time.
pub(crate) fn wait(timeout_ns: Option<u64>) -> Option<api::Completion> {
    let completion = api::wait(timeout_ns)?;
    OPEN.with_borrow_mut(|open| open.remove(&completion.id));
    Some(completion)
}
