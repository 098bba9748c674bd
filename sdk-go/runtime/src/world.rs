//! The world's imports and exports, generated from the WIT files.

#![allow(missing_docs, reason = "generated from the WIT files, which hold the documentation")]

wit_bindgen::generate!({ path: "../../wit/0.1.0", world: "module" });

pub(crate) use dockwright::module::{api, system};
pub(crate) use exports::dockwright::module::functions;

export!(Component);

/// The component.
pub(crate) struct Component;
