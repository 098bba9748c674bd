//! What the user's cache holds, and letting go of what was not used for long.
//!
//! Knows where things are kept, not what they mean. Whatever it does not know it leaves alone. Everything here can be made or fetched again.

mod entry;
mod kind;
mod prune;

pub(crate) use kind::{KINDS, Kind};
pub(crate) use prune::prune;
