//! Module definitions and core types, merged into one GraphQL schema.
//!
//! Holds the types that the other crates meet at (`ModuleDef`, `Execute`, `Invoke`) and builds the schema from them. It resolves nothing:
//! values come from whoever implements `Resolve` (the `api` crate). It never loads code and never talks to an engine.

pub mod execute;
pub mod module_def;

pub use execute::{CallStack, Execute, Failure, FunctionCall, Invoke, ModuleId, Principal, Request};
pub use module_def::ModuleDef;
