//! The host's side of the world's imports, one file per interface. They are all that every module can reach.

pub(crate) mod api;
mod source;
mod system;

/// `definitions` holds types only.
impl crate::bindings::dockwright::module::definitions::Host for crate::instance::State {}
