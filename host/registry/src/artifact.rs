//! An artifact that was found: its documents are read, its code may not be fetched yet.

use crate::digest::Digest;
use crate::format::{Description, Manifest};
use crate::reference::Reference;
use std::path::PathBuf;

/// An artifact.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// As it was asked for.
    pub reference: Reference,
    /// Digest of its manifest: what it is, whatever it is called.
    pub digest: Digest,
    /// Its manifest.
    pub manifest: Manifest,
    /// What it holds.
    pub description: Description,
    /// Identities of its modules, in the order of the description.
    pub identities: Vec<Digest>,
}

impl Artifact {
    /// The reference with the digest.
    pub fn pinned(&self) -> Reference {
        self.reference.pinned(self.digest)
    }
}

/// A module's code on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleCode {
    /// Source and packages of a Python module, folders.
    Python {
        /// Its source.
        source: PathBuf,
        /// The packages that it needs.
        packages: Option<PathBuf>,
    },
    /// Bundle and source maps of a TypeScript module, files.
    TypeScript {
        /// Its bundle.
        bundle: PathBuf,
        /// Its source maps.
        maps: PathBuf,
    },
    /// A component, a file.
    Component {
        /// The component.
        path: PathBuf,
    },
}
