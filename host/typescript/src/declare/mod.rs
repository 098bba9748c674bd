//! From the declarations in `src` to the module's definition, without running any of them.
//!
//! A project is the scopes of all files; `Declare` walks from the classes with `@object()` to every type that they use.
//! What is wrong is collected, so that one run shows it all.

mod alias;
mod api_name;
mod class;
mod constant;
mod constructor;
mod core;
mod declaring;
mod decorator;
mod default_value;
mod doc;
mod enumeration;
mod function;
mod infer;
mod interface;
mod lookup;
mod named;
mod parameter;
mod project;
mod property;
mod registry;
mod returns;
mod scope;
mod stores;
mod types;

pub(crate) use declaring::declare;
pub(crate) use project::Project;
pub(crate) use scope::Scope;
