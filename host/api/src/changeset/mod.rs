//! `Changeset`: what one directory has, lacks or changes compared to another.
//!
//! `paths` finds out which paths differ from listings and, where a file's size says nothing, from what the engine's own comparison points at: content
//! is read of files only that may have changed. Directories are changed in the engine by copies of the paths in question; `patch` and `merge` read the
//! changed files and leave texts to git.

mod evaluate;
mod merge;
mod patch;
mod paths;
mod state;
mod three_way;
mod values;

pub(crate) use state::Changeset;
