//! Modules as OCI artifacts: published to registries, fetched from them, kept on disk, carried along in a folder.
//!
//! [`pack`] makes an artifact of a module and of all that it depends on. [`Registry`] sends it, finds it again, and gives its definitions and its
//! code. Everything is known by its digest and verified when it is received; no toolchain is needed to use what was published, and no network
//! for what was fetched once.
//!
//! This crate knows definitions (`dockwright-schema`) and files. It runs no module code, resolves no manifests of modules (`dockwright-module`
//! does) and never prints. User names and passwords come from a [`CredentialSource`].

mod artifact;
mod capability;
mod client;
mod digest;
mod error;
mod format;
mod limits;
mod pack;
mod reference;
mod registry;
mod signing;
mod store;

pub use artifact::{Artifact, ModuleCode};
pub use capability::{Capability, CapabilityKind, capabilities, capabilities_by_kind};
pub use client::{Anonymous, ClientError, CredentialSource, Credentials, RetryPolicy};
pub use digest::{Digest, InvalidDigest};
pub use error::{PullError, PushError};
pub use format::{
    BUNDLE, Code, CodeRole, Definition, DependencyEntry, Description, Descriptor, FormatError, Language, Manifest,
    ModuleEntry, PYTHON, Requirements, WORLD, embedded_definition, for_people,
};
pub use limits::{Limits, human_size};
pub use pack::{Content, PackCode, PackError, PackModule, PackOptions, Packed, Text, pack};
pub use reference::{InvalidReference, Reference, SCHEME};
pub use registry::{HostRule, Network, Registry, RegistryOptions};
pub use signing::{Attachment, KeyError, PublicKey, SIGNED, SigningKey, Statement};
pub use store::{Remembered, Store, StoreError, Vendor, VendorEntry};
