//! `Module`: what a module offers, read from one that is loaded or put together by a client.

mod serve;
mod source;
mod state;

pub(crate) use state::Module;
