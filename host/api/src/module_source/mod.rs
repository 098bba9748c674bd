//! `ModuleSource`: the files of a module and its manifest, before it is loaded.
//!
//! `state` is what a source is, `evaluate` how it comes about, `edit` and `listed` what changes its manifest, `values` what is asked of it, `trees`
//! its files. Finding, reading and loading is done by whoever implements `ModuleSources`. What a module may name is decided in `origin`.

mod configuration;
mod defaults;
mod edit;
mod evaluate;
mod introspection;
mod listed;
mod origin;
mod state;
mod trees;
mod values;

pub(crate) use origin::{of_directory, of_served};
pub(crate) use state::ModuleSource;
pub(crate) use trees::{context_directory, generated_directory};
pub(crate) use values::{module_of, schema_file, user_defaults};
