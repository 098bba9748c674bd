//! Notices panics, because their messages go to stderr past everyone else.

use std::sync::{
    Once,
    atomic::{AtomicU64, Ordering},
};

static SEEN: AtomicU64 = AtomicU64::new(0);

/// Counts panics from now on; what else happens on one stays as it is.
pub(super) fn watch() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            SEEN.fetch_add(1, Ordering::SeqCst);
            report(panic);
        }));
    });
}

/// How many there were.
pub(super) fn seen() -> u64 {
    SEEN.load(Ordering::SeqCst)
}
