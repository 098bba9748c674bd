//! The scopes of all files of a module.

use crate::build::Dependencies;
use crate::declare::scope::Scope;
use crate::graph::Resolver;
use std::collections::HashMap;

/// Position of a file in the project.
pub(crate) type File = usize;

/// All files below `src`, `src/index.ts` first.
pub(crate) struct Project<'s> {
    scopes: Vec<Scope<'s>>,
    index: HashMap<&'s str, File>,
    pub(crate) resolver: &'s Resolver,
    /// Name of the module.
    pub(crate) module: &'s str,
    dependencies: Option<Dependencies<'s>>,
}

impl<'s> Project<'s> {
    pub(crate) fn new(
        scopes: Vec<Scope<'s>>,
        resolver: &'s Resolver,
        module: &'s str,
        dependencies: Option<Dependencies<'s>>,
    ) -> Project<'s> {
        let index = scopes.iter().enumerate().map(|(at, scope)| (scope.text.file, at));
        Project {
            index: index.collect(),
            scopes,
            resolver,
            module,
            dependencies,
        }
    }

    /// Whether a name of the SDK is an enum of a dependency.
    pub(crate) fn is_enum_of_dependency(&self, name: &str) -> bool {
        self.dependencies
            .is_some_and(|dependencies| dependencies.enums.iter().any(|each| each == name))
    }

    pub(crate) fn scopes(&self) -> impl Iterator<Item = (File, &Scope<'s>)> {
        self.scopes.iter().enumerate()
    }

    /// The file with that id.
    pub(crate) fn file(&self, id: &str) -> Option<File> {
        self.index.get(id).copied()
    }

    /// The scope of a file; positions come from this project, so there always is one.
    pub(crate) fn scope(&self, file: File) -> Option<&Scope<'s>> {
        self.scopes.get(file)
    }
}
