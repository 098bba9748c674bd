//! The session for programs: its API on a port, and how programs are told where.
//!
//! The HTTP part is the `server` crate's. Here a session is put behind it, and a program before it.

mod arguments;
mod program;
mod serving;

pub(crate) use arguments::{CoreArgs, ListenArgs, QueryArgs, RunArgs, SessionArgs, SessionFlags, duration};
pub(crate) use program::Program;
pub(crate) use serving::{Serving, load};
