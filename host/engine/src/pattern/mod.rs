//! Which paths of a directory are meant: Docker's ignore-file patterns, as its `.dockerignore` and BuildKit's copies understand them.
//!
//! Pure: no file system. The semantics are those of the `moby/patternmatcher` project: `*`, `?`, `[…]` within a name, `**` across names, `!` takes
//! back, the last pattern that matches decides, and what matches a directory matches all that is in it.

mod filter;
mod glob;
mod list;

pub(crate) use filter::Level;
pub use filter::PathFilter;
pub use list::PatternError;
