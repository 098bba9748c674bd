//! The session's API over HTTP, for programs that the user connects: `POST /query` with a GraphQL request as JSON.
//!
//! Listens on the loopback interface, asks for the session's token, and hands requests to an `Execute`. For people there is a page, GraphiQL. It knows nothing of what they mean,
//! never reads the process's environment and never prints. The command line's session decides when it begins and ends.

mod answer;
mod compress;
mod connection;
mod cors;
mod origin;
mod page;
mod query;
mod server;
mod token;

pub use server::{BindError, Server, ServerOptions};
pub use token::Token;
