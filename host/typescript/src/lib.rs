//! TypeScript modules, read from their source: what they offer, and the JavaScript that the guest runs.
//!
//! `build` scans a module's `src`, makes the definition without running a line of it, follows the imports and
//! transpiles what they reach into one bundle. It never reads outside the source root, never runs code and knows nothing
//! of WebAssembly: `host/module` calls it, `host/runtime` hands the bundle to the guest.

mod build;
mod bundle;
mod declare;
mod error;
mod graph;
mod nesting;
mod parse;
mod problem;
mod stack;
mod text;
mod transpile;

pub use build::{BuildOptions, Built, Dependencies, FORMAT, build};
pub use bundle::{Bundle, BundleArgument, BundleFile, BundleFunction, BundleInterface, BundleObject, BundleTypes};
pub use error::BuildError;
pub use problem::Problem;
pub use transpile::{Transpiled, transpile};
