//! `File`: a path of a file in a file system of the engine.

mod evaluate;
mod state;
mod values;

pub(crate) use evaluate::plain_name;
pub(crate) use state::File;
