//! Fuses the core modules of a component that share one memory into one core module.
//!
//! A component that was linked from shared libraries has a core module for each, which name thousands of functions and addresses to each other.
//! The host resolves these names whenever it loads the component, and every call from one library to another, and every address of another's
//! variable, goes through memory. Here they are resolved once: calls become direct, addresses become constants, and what nobody reaches is left
//! out. What the component imports, exports and does stays the same.
//!
//! Only what such components are made of is understood; anything else is an error, never a guess. `component.rs` and `core.rs` read, `group.rs`
//! decides what belongs together, `links.rs` follows the names, `fused.rs` makes the module, `writer.rs` the component around it.

mod component;
mod constant;
mod core;
mod fused;
mod group;
mod links;
mod order;
mod reach;
mod reindex;
mod writer;

use anyhow::Context;
use component::Component;
use group::Group;
use writer::Writer;

/// The component with its libraries as one core module.
pub(super) fn fuse(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let component = Component::read(bytes)?;
    let group = Group::of(&component)?;
    // What is needed of the module shows when the component around it is written.
    let needed = Writer::new(&component, &group).write(&[])?.needed;
    let module = fused::module(&component, &group, &needed)?;
    let fused = Writer::new(&component, &group).write(&module)?.bytes;
    wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all())
        .validate_all(&fused)
        .context("the fused component is not valid")?;
    Ok(fused)
}

#[cfg(test)]
mod tests;
