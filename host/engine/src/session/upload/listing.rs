//! What a walk found, kept for an upload that follows at once: looking at every file costs as much as telling of them.

use super::walk::Found;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// An upload that comes later looks at the directory itself.
const FRESH: Duration = Duration::from_secs(1);
/// Directories with more are looked at twice, rather than kept in memory.
const MOST: usize = 50_000;

/// Everything in a directory, in the order of the walk.
pub(crate) struct Listing {
    begun: Instant,
    /// None when there was too much.
    found: Option<Vec<Found>>,
}

impl Listing {
    /// An empty one, of now.
    pub(super) fn begin() -> Listing {
        Listing {
            begun: Instant::now(),
            found: Some(Vec::new()),
        }
    }

    /// Adds what the walk found next.
    pub(super) fn add(&mut self, found: Found) {
        match &mut self.found {
            Some(all) if all.len() < MOST => all.push(found),
            _ => self.found = None,
        }
    }

    /// What was found, if it is complete.
    pub(super) fn complete(&self) -> Option<&[Found]> {
        self.found.as_deref()
    }

    /// What was found, if it is complete and was so just now.
    pub(super) fn fresh(&self) -> Option<&[Found]> {
        self.complete().filter(|_| self.begun.elapsed() < FRESH)
    }

    /// Where something was found; none when that is not known.
    pub(super) fn paths(&self) -> Option<HashSet<&str>> {
        let paths = self.complete()?.iter().map(|found| found.stat.path.as_str());
        Some(paths.collect())
    }
}

impl std::fmt::Debug for Listing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = self.found.as_ref().map(Vec::len);
        f.debug_struct("Listing").field("count", &count).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::super::walk::walk;
    use super::{FRESH, Listing, MOST};
    use crate::session::LocalDirectory;
    use std::ops::ControlFlow;

    fn listing() -> Listing {
        let root = tempfile::tempdir().unwrap();
        for name in ["b", "a"] {
            std::fs::write(root.path().join(name), name).unwrap();
        }
        let mut listing = Listing::begin();
        let mut add = |found| {
            listing.add(found);
            ControlFlow::Continue(())
        };
        walk(&LocalDirectory::new(root.path()), &mut add).unwrap();
        listing
    }

    #[test]
    fn it_serves_an_upload_that_follows_at_once() {
        let listing = listing();
        let found = listing.fresh().unwrap();
        let paths: Vec<&str> = found.iter().map(|found| found.stat.path.as_str()).collect();
        assert_eq!(paths, ["a", "b"]);
    }

    #[test]
    fn an_old_one_and_one_that_is_too_long_serve_none() {
        let mut old = listing();
        old.begun = old.begun.checked_sub(FRESH).unwrap();
        assert!(old.fresh().is_none());
        let mut long = listing();
        let mut found = listing().found.unwrap();
        let last = found.pop().unwrap();
        while long.found.as_ref().is_some_and(|all| all.len() < MOST) {
            long.add(last.clone());
        }
        long.add(last.clone());
        long.add(last);
        assert!(long.fresh().is_none());
    }
}
