//! `Directory`: a path in a file system of the engine.

mod copy;
mod evaluate;
mod facts;
mod filter;
mod patch;
mod state;
mod values;

pub(crate) use copy::{copy_directory, copy_file, copy_options, copy_output, new_file, owner, timestamp, with_parent};
pub(crate) use facts::{exists, stat};
pub(crate) use filter::filtered;
pub(crate) use state::Directory;
