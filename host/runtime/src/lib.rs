//! Loads language runtimes as WebAssembly components and calls module functions in them.
