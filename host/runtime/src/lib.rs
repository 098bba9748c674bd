//! Loads language runtimes as WebAssembly components and calls module functions in them.
//!
//! The way in is [`Runtime`]: it [loads](Runtime::load) a module into a component that is ready to start, asks it what it
//! [offers](Runtime::describe) and [calls](Runtime::invoke) its functions, every call in an instance of its own. Module code
//! reaches the world through three imports only (`imports/`); what a language gets besides (files, environment) is decided in
//! `language/`. This crate knows the types of `dockwright-schema`, never the API, the engine or the command line.

pub mod aot;
mod backtrace;
mod bindings;
mod call_error;
mod convert;
mod describe;
mod engine;
mod error;
mod imports;
mod instance;
mod invoke;
mod language;
mod limits;
mod linked;
mod output;
mod program;
mod runtime;
mod slots;
mod snapshot;
mod ticker;
mod tier;
mod tool;
mod typed;

pub use call_error::CallError;
pub use convert::ConvertError;
pub use error::RuntimeError;
pub use language::{Language, ModuleSource};
pub use limits::Limits;
pub use program::{ProgramEnd, ProgramFolder, ProgramRun};
pub use runtime::{LoadedModule, Runtime, RuntimeOptions};
pub use snapshot::SnapshotError;
