//! The TypeScript client: `client.gen.ts` of the SDK, and one file of bindings for each dependency of a module.
//!
//! `core` and `dependency` turn their input into the classes of `model`; `class`, `enums` and `records` write them. The text is
//! what `biome format` with 120 columns would leave as it is. The classes build on `src/client` of `sdk-typescript`.

mod class;
mod code;
mod core;
mod dependency;
mod docs;
mod enums;
mod model;
mod names;
mod records;

pub use self::{core::core, dependency::dependency};

const LANGUAGE: &str = "TypeScript";

#[cfg(test)]
mod tests;
