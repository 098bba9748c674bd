//! Why a Rust module cannot be built.

/// Why a Rust module cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum RustError {
    /// There is no cargo.
    #[error(
        "there is no `cargo` on PATH to build it with; install Rust, or publish the module from a machine that has it and use the artifact"
    )]
    NoCargo,
    /// cargo lacks the target.
    #[error("cargo cannot build for wasm32-unknown-unknown; run `rustup target add wasm32-unknown-unknown`")]
    NoTarget,
    /// The compiler, or cargo, refuses the source.
    #[error("{0}")]
    Compile(String),
    /// The package makes no WebAssembly module.
    #[error("the package builds no dynamic library; add `crate-type = [\"cdylib\"]` to [lib] in Cargo.toml")]
    NoLibrary,
    /// The module is no component.
    #[error("what cargo built cannot be made a component: {0}")]
    Component(String),
    /// Reading or writing failed; the message names the file.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}
