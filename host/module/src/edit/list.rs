//! The lists of a manifest that name modules, and can be changed alike.

use crate::locked::{LockedDependency, LockedModule};
use crate::manifest::{Dependency, Manifest};

/// One of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DependencyList {
    /// Modules that the module's code calls.
    #[default]
    Dependencies,
    /// Modules whose functions are offered beside its own.
    Toolchains,
}

impl DependencyList {
    /// The list's field in the manifest.
    pub fn field(self) -> &'static str {
        match self {
            DependencyList::Dependencies => "dependencies",
            DependencyList::Toolchains => "toolchains",
        }
    }

    /// What the manifest says.
    pub fn declared(self, manifest: &Manifest) -> &[Dependency] {
        match self {
            DependencyList::Dependencies => &manifest.dependencies,
            DependencyList::Toolchains => &manifest.toolchains,
        }
    }

    pub(super) fn declared_mut(self, manifest: &mut Manifest) -> &mut [Dependency] {
        match self {
            DependencyList::Dependencies => &mut manifest.dependencies,
            DependencyList::Toolchains => &mut manifest.toolchains,
        }
    }

    /// The modules that were found for it, in its order.
    pub fn found(self, module: &LockedModule) -> &[LockedDependency] {
        match self {
            DependencyList::Dependencies => &module.dependencies,
            DependencyList::Toolchains => &module.toolchains,
        }
    }

    /// What one of them is called, for people.
    pub fn one(self) -> &'static str {
        match self {
            DependencyList::Dependencies => "dependency",
            DependencyList::Toolchains => "toolchain",
        }
    }
}
