//! QuickJS with the TypeScript SDK as a component of the world `dockwright:module/runtime`.
//!
//! The component is a snapshot: [`snapshot`] starts the engine and evaluates the globals and the SDK when the runtime is
//! built; an instance goes on from there, loads the module's bundle and runs one function. Its only imports are those of
//! the world. What JavaScript does itself (globals, errors) is in `js/`.

mod bundle;
mod clock;
mod engine;
mod event_loop;
mod failure;
mod frames;
mod guest;
mod import_meta;
mod loader;
mod native;
mod rejections;
mod requests;
mod snapshot;
mod text;
mod timers;
mod world;
