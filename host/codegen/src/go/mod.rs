//! The Go client: `dagger.gen.go` of the SDK, and one file of bindings for each dependency of a module.
//!
//! `core` and `dependency` turn their input into the types of `model`; `class`, `enums` and `inputs` write them. The text is
//! what `gofmt` would leave as it is. The types build on the package `dagger` of `sdk-go`, into which every file goes.

mod class;
mod core;
mod dependency;
mod docs;
mod enums;
mod inputs;
mod model;
mod names;

pub use self::{core::core, dependency::dependencies};

const LANGUAGE: &str = "Go";

#[cfg(test)]
mod tests;
