//! Resolvers of the core API.
//!
//! Objects are recipes: immutable, lazy, content-addressed (`recipe`, `store`). A field that returns an object only writes a recipe; a field that
//! needs a value evaluates the recipes under it to a state (`memo`) and asks the engine. One file or folder per GraphQL type says
//! how its objects come about and what their values are. What a request may reach is decided in `access`, in one place.
//!
//! This crate never parses arguments of the command line, never loads module code (it calls `Invoke`) and never prints.

mod access;
mod address;
mod annotated;
mod api;
mod arguments;
mod cache_volume;
mod changeset;
mod container;
mod contextual_git;
mod core_object;
mod current_module;
mod directory;
mod dispatch;
mod dotenv;
mod engine_cache;
mod engine_info;
mod engine_source;
mod env_file;
mod error;
mod file;
mod foresight;
mod function_call;
mod function_def;
mod generated_code;
mod git;
mod git_program;
mod host;
mod http;
mod ignore_rules;
mod json_value;
mod literal;
mod loaded_module;
mod memo;
mod module;
mod module_object;
mod module_source;
mod part;
mod paths;
mod permissions;
mod query;
mod recipe;
mod search;
mod secret;
mod secret_program;
mod service;
mod socket;
mod space;
mod store;
mod terminal;
mod toolchain;
mod tree_digest;
mod type_def;
mod user_defaults;
mod value;
mod view;

pub use api::{Api, ApiOptions};
pub use dispatch::supports;
pub use dockwright_engine::Usage;
pub use engine_source::EngineSource;
pub use error::ApiError;
pub use loaded_module::ServedModule;
pub use terminal::TerminalHost;
pub use toolchain::ToolchainRules;
pub use user_defaults::{
    Customization, DefaultsFile, DefaultsSource, UserDefaults, UserDefaultsError, customize, with_user_defaults,
};
