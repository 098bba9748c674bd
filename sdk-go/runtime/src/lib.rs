//! Stands between the world `dockwright:module/module` and a core module that Go has built for `wasip1`.
//!
//! The shim exports the world's functions, and everything that Go imports: `submit`, `input` and `output`, and WASI preview 1
//! with nothing in it but clocks, randomness, the log and waiting. It has a memory of its own; the bridge, a few instructions
//! that the host adds when it wraps a module, copies between that and Go's memory and gives access to Go's exports
//! (`bridge.rs`). So no allocator of Go is ever entered from outside.

mod absent;
mod bridge;
mod call;
mod failure;
mod guest;
mod log;
mod module;
mod poll;
mod preview1;
mod requests;
mod world;
