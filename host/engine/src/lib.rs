//! The client of BuildKit: engine container, LLB, session, solve, export.
//!
//! [`Engine`] is one connection with one BuildKit session and one gateway build: the whole of what a run of dockwright needs from its engine.
//! What shall run is described with [`llb`]; [`shim::wrap`] makes an exec's stdout, stderr and exit code readable. [`manage`] looks after the
//! engine container between runs.
//!
//! This crate knows nothing of GraphQL, modules or recipes, and it never prints: progress goes to `dockwright-telemetry`. Its neighbours are
//! the `api` crate, which lowers its objects to LLB and calls it, and the command line, which opens and closes it.

mod address;
mod cache;
mod dockerfile;
mod engine;
mod error;
mod exec_result;
mod export;
mod file_stat;
mod gateway;
mod git;
mod git_access;
mod identifier;
mod image;
pub mod llb;
mod local;
pub mod manage;
mod options;
mod pattern;
mod platform;
mod progress;
mod provision;
mod read;
mod registry_credentials;
mod relay;
mod secret_bytes;
mod service;
mod session;
pub mod shim;
mod solve;
mod transport;
mod tree;
mod usage;

pub use address::{Address, AddressError};
pub use cache::{CacheEntry, CacheLimits};
pub use dockerfile::{BuiltImage, DockerfileBuild};
pub use engine::Engine;
pub use error::{ConnectError, ExecError, ExportError, ManageError, ReadError, ServiceError, SolveError};
pub use exec_result::ExecResult;
pub use export::{Compression, ImageOptions, MediaTypes, PlatformImage, load_into_docker, save_from_docker};
pub use file_stat::{FileKind, FileStat};
pub use git::ResolvedGit;
pub use image::{HealthConfig, ImageConfig, ImageReference, ReferenceError, ResolvedImage, RuntimeConfig};
pub use options::{DEFAULT_IMAGE, EngineOptions, NetworkMode};
pub use pattern::{PathFilter, PatternError};
pub use platform::{Platform, PlatformError};
pub use registry_credentials::{RegistryCredentials, registry_credentials};
pub use secret_bytes::SecretBytes;
pub use service::{Forward, HostForward, Keyboard, RunningService, Service, ServiceContainer, Terminal, Tunnel};
pub use session::LocalDirectory;
pub use solve::Solved;
pub use tree::{ReadTree, TreeEntry};
pub use usage::Usage;
