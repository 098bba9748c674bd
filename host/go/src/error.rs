//! Why a Go module cannot be built.

use std::path::PathBuf;

/// Why a Go module cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum GoError {
    /// There is no Go on this machine.
    #[error(
        "building a Go module needs Go: there is no `go` on PATH, and this installation has no toolchain pack (runtimes/go-pack.json); install Go 1.24 or newer (https://go.dev/dl)"
    )]
    NoGo,
    /// The Go that was asked for is not there.
    #[error(
        "{variable} asks for {wanted}, which is not there; name a `go` program, or `pack` for dockwright's own toolchain"
    )]
    NoSuchGo {
        /// The variable.
        variable: &'static str,
        /// Its value.
        wanted: String,
    },
    /// The toolchain pack cannot be used.
    #[error(
        "the Go toolchain pack cannot be used: {0}; install dockwright again, or install Go 1.24 or newer (https://go.dev/dl)"
    )]
    Pack(String),
    /// Go does not start.
    #[error("cannot run {}: {source}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Go did not accept the source.
    #[error("{0}")]
    Compile(String),
    /// The introspector did not accept the source.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Diagnostics(Vec<crate::Diagnostic>),
    /// The introspector gave something else than an answer.
    #[error("the introspector's answer cannot be read: {0}; this is a bug in dockwright")]
    Answer(String),
    /// What Go made cannot be a module.
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// A file cannot be read or written; the message names it.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Why a core module cannot be wrapped.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// It is no WebAssembly.
    #[error("what Go made is not WebAssembly that can be read: {0}")]
    Module(String),
    /// It lacks an export.
    #[error("the module does not export `{0}`; it must be package main, built with -buildmode=c-shared")]
    Export(&'static str),
    /// It wants what modules do not get.
    #[error(
        "the module imports `{function}` of `{module}`, which modules do not get; a package that it uses is made for another WebAssembly host"
    )]
    Import {
        /// Module name of the import.
        module: String,
        /// Its name.
        function: String,
    },
    /// The shim is not what it should be.
    #[error(
        "the Go runtime's shim cannot be used: {0}; install dockwright again, or build it with `cargo xtask runtimes`"
    )]
    Shim(String),
}
