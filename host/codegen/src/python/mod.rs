//! The Python client: `gen.py` of the SDK, and the bindings of a module's dependencies.
//!
//! `core` and `dependency` turn their input into the classes of `model`; `class`, `enums` and `inputs` write them. The text is what
//! `ruff format` with 120 columns would leave as it is. The classes build on `dagger.client` of `sdk-python`.

mod class;
mod code;
mod core;
mod dependency;
mod docs;
mod enums;
mod inputs;
mod literal;
mod model;
mod names;

pub use self::{
    core::{client, core},
    dependency::dependencies,
};

const LANGUAGE: &str = "Python";

#[cfg(test)]
mod tests;
