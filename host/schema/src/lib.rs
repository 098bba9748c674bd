//! Module definitions and core types, merged into one GraphQL schema.
//!
//! Holds the types that the other crates meet at (`ModuleDef`, `Execute`, `Invoke`, `ObjectId`) and builds the schema from them. It resolves
//! nothing: values come from whoever implements `Resolve` (the `api` crate). It never loads code and never talks to an engine.

mod build;
pub mod coerce;
mod core_digest;
pub mod core_types;
pub mod execute;
mod foreign;
pub mod graph_type;
mod introspection;
mod lenient;
mod merge;
mod merge_core;
mod merge_module;
pub mod module_def;
mod module_sources;
pub mod names;
mod notes;
mod object_id;
mod parse;
mod part;
mod permissions;
mod resolve;
mod satisfy;
mod typed_value;
mod validate;
mod visible_module;

pub use async_graphql::dynamic::SchemaError;
pub use build::Schema;
pub use core_digest::core_digest;
pub use execute::{CallStack, Execute, Failure, FunctionCall, Invoke, ModuleId, Principal, Request};
pub use foreign::{check_module_names, check_view};
pub use graph_type::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Origin};
pub use introspection::API_VERSION;
pub use merge::{MergeError, Merged};
pub use module_def::ModuleDef;
pub use module_sources::{
    FoundSource, ModuleSources, SourceAt, SourceError, SourceFiles, SourceKind, SourcePlace, SourceVersion,
};
pub use notes::{Notes, Place};
pub use object_id::{InvalidId, ObjectId, ObjectKey};
pub use permissions::{InvalidPermission, Permission, Permissions};
pub use resolve::{FieldCall, Resolve, ResolveError, Resolved};
pub use satisfy::{satisfied, satisfies};
pub use validate::closest;
pub use visible_module::VisibleModule;
