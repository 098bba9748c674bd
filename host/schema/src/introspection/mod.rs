//! Questions about the schema itself (`__schema`, `__type`, `__schemaVersion`), answered from the merged types without the executor.
//!
//! `shape` says what can be asked, `plan` reads what a document asks, `answer` writes it, `document` finds such questions in documents.
//! Besides what GraphQL defines, applied directives can be asked for, as generators of clients do.

mod answer;
mod applied;
mod directives;
mod document;
mod literal;
mod node;
mod plan;
mod shape;

pub(crate) use document::{Questions, split};

/// Version of the API that is served: clients compare it with what they were generated from.
pub const API_VERSION: &str = "v0.21.8";
