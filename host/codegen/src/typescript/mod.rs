//! The TypeScript client: `client.gen.ts` of the SDK, and the bindings of a module's dependencies.
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

pub use self::{core::core, dependency::dependencies};

const LANGUAGE: &str = "TypeScript";

#[cfg(test)]
mod tests;
