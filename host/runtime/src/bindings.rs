//! The Rust side of `wit/0.1.0`, generated. Conversions to the host's own types live in `convert.rs`; implementations of the
//! imports in `imports/`. A new version of the world gets a module of its own beside this one.

#![allow(
    missing_docs,
    unreachable_pub,
    unsafe_code,
    reason = "generated from the WIT files, which hold the documentation"
)]

wasmtime::component::bindgen!({
    path: "../../wit/0.1.0",
    world: "runtime",
    imports: { "dockwright:module/api.wait": async | trappable, default: trappable },
    exports: { default: async },
});
