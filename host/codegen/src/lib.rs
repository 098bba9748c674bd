//! Typed clients generated from definitions, one module per language; the output is already formatted.
//!
//! It turns core tables and `ModuleDef`s into source text. It reads no files and writes none: `xtask` and `cli` do that.

mod error;
pub mod go;
pub mod python;
#[cfg(test)]
mod sample;
pub mod typescript;

pub use error::CodegenError;

/// Version of what is generated: raised when the same definitions give something else, and part of the keys of caches.
pub const FORMAT: u32 = 1;
