//! What can go wrong, one enum per kind of operation, and how an engine's answer becomes one of them.

mod connect;
pub(crate) mod details;
mod exec;
mod export;
mod manage;
mod read;
mod service;
mod solve;
mod untold;

pub use connect::ConnectError;
pub use exec::ExecError;
pub(crate) use exec::{KEPT_OUTPUT, kept};
pub use export::ExportError;
pub use manage::ManageError;
pub use read::ReadError;
pub use service::ServiceError;
pub use solve::SolveError;
