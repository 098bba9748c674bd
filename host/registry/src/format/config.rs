//! The config of the Wasm artifact conventions: it makes tools for Wasm recognise the artifact, and its digest differ from others'.

use crate::digest::Digest;
use serde_json::json;

/// A date that means that none was given, so that the same module has the same digest whenever it is published.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// The config of an artifact with these layers. `world` is the version of the world that the published module speaks, when it is a component.
pub(crate) fn wasm_config(created: Option<&str>, layers: impl Iterator<Item = Digest>, world: Option<&str>) -> Vec<u8> {
    let names = |interfaces: &[&str]| -> Vec<String> {
        let named = |version| {
            interfaces
                .iter()
                .map(move |name| format!("dockwright:module/{name}@{version}"))
        };
        world.into_iter().flat_map(named).collect()
    };
    let config = json!({
        "created": created.unwrap_or(NO_DATE),
        "architecture": "wasm",
        "os": "wasip2",
        "layerDigests": layers.map(|digest| digest.to_string()).collect::<Vec<_>>(),
        "component": {"exports": names(&["functions"]), "imports": names(&["api", "system"])},
    });
    config.to_string().into_bytes()
}
