//! Components that export plain functions of WIT types and know nothing of dockwright: what they offer is read from their type, and their functions
//! are called by value.
//!
//! The exported functions become functions of the module's main object. Where a component exports several interfaces, each becomes an object that
//! the main object returns. Such a component gets no API; if it imports WASI, it finds nothing there.

mod describe;
mod exports;
mod invoke;
mod values;

pub(crate) use describe::describe;
pub(crate) use exports::Exports;
pub(crate) use invoke::invoke;
