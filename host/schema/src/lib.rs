//! Module definitions and core types, merged into one GraphQL schema.
//!
//! Holds the types that the other crates meet at (`ModuleDef`, `Execute`, `Invoke`, `ObjectId`) and builds the schema from them. It resolves
//! nothing: values come from whoever implements `Resolve` (the `api` crate). It never loads code and never talks to an engine.

mod build;
pub mod coerce;
mod core_digest;
pub mod core_types;
pub mod execute;
pub mod graph_type;
mod merge;
mod merge_core;
mod merge_module;
pub mod module_def;
pub mod names;
mod object_id;
mod parse;
mod part;
mod resolve;
mod validate;

pub use async_graphql::dynamic::SchemaError;
pub use build::Schema;
pub use core_digest::core_digest;
pub use execute::{CallStack, Execute, Failure, FunctionCall, Invoke, ModuleId, Principal, Request};
pub use graph_type::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Origin};
pub use merge::{MergeError, Merged, VisibleModule};
pub use module_def::ModuleDef;
pub use object_id::{InvalidId, ObjectId, ObjectKey};
pub use resolve::{FieldCall, Resolve, ResolveError, Resolved};
pub use validate::closest;
