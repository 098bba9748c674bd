//! `install`: a dependency added, or changed to another version.

use super::files::Files;
use super::list::DependencyList;
use super::{Subject, pin_of};
use crate::error::ModuleError;
use crate::find::is_same_name;
use crate::find::relative_path;
use crate::git_reference::GitRef;
use crate::locked::{LockedDependency, LockedModule, Origin};
use crate::reference::ModuleRef;
use crate::resolve::{Refresh, Resolver};
use dockwright_schema::Permission;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A dependency that can be installed: it was found, and fits.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The module as it will be.
    pub module: LockedModule,
    /// The dependency, under its name.
    pub dependency: LockedDependency,
    /// What `source` will be.
    pub source: String,
    /// What `source` was, when the name was in use for another version.
    pub replaces: Option<String>,
    /// A reference to exactly what will be installed, which needs no network.
    pub exact: String,
    files: Files,
}

impl Installation {
    /// Writes `dagger.json` and the lock. When that fails both are as before.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write(&self) -> Result<(), ModuleError> {
        self.files.write()
    }
}

impl Resolver {
    /// What installing would do: the module that `module` names gets `reference` as a dependency, called `name` or as it calls itself, and
    /// allows it what is `allowed`. Relative paths start at `workdir`. Nothing is written.
    ///
    /// # Errors
    /// Either is not usable, the name is taken by another module, or modules would call each other in a circle.
    pub fn plan_install(
        &self,
        module: &str,
        reference: &str,
        name: Option<&str>,
        allowed: &BTreeSet<Permission>,
        workdir: &Path,
    ) -> Result<Installation, ModuleError> {
        self.plan_install_in(DependencyList::Dependencies, module, reference, name, allowed, workdir)
    }

    /// The same in one of the module's lists.
    ///
    /// # Errors
    /// As for [`Resolver::plan_install`].
    pub fn plan_install_in(
        &self,
        list: DependencyList,
        module: &str,
        reference: &str,
        name: Option<&str>,
        allowed: &BTreeSet<Permission>,
        workdir: &Path,
    ) -> Result<Installation, ModuleError> {
        let mut subject = Subject::open(module, workdir, list)?;
        let dependency = self.resolve(reference, workdir)?;
        let name = name.unwrap_or(&dependency.manifest.name).to_owned();
        check_name(&name)?;
        if is_same_name(&name, &subject.manifest.name) {
            return Err(invalid(
                &subject,
                format!("the module itself is called `{name}`; choose another name with `--name`"),
            ));
        }
        let source = source(&subject, reference, &dependency, workdir)?;
        let exact = match &dependency.origin {
            Origin::Local | Origin::Session => Ok(dependency.root.to_string_lossy().into_owned()),
            Origin::Git { commit, .. } => GitRef::parse(&source).map(|git| git.with_version(commit).to_string()),
            Origin::Artifact(module) => Ok(module.artifact.pinned().to_string()),
        };
        let exact = exact.map_err(|error| invalid(&subject, error.to_string()))?;
        let index = self.taken(&subject, &name, &source)?;
        let replaces = index
            .and_then(|index| subject.declared().get(index))
            .map(|old| old.source.clone())
            .filter(|old| *old != source);
        subject
            .text
            .set(list, index, &name, &source, pin_of(&dependency).as_deref())?;
        subject.text.allow(&name, allowed)?;
        let manifest = subject.text.manifest()?;
        let resolution = self.resolve_as(&subject.root, manifest, &Refresh::Nothing)?;
        let mut found = list.found(&resolution.module).iter();
        let installed = found.find(|installed| installed.name == name);
        let dependency = installed
            .cloned()
            .ok_or_else(|| invalid(&subject, format!("`{name}` is not among the {}", list.field())))?;
        Ok(Installation {
            files: subject.files(&resolution.lock)?,
            module: resolution.module,
            dependency,
            source,
            replaces,
            exact,
        })
    }

    /// Where a dependency of that name is already: the same module, perhaps at another version.
    fn taken(&self, subject: &Subject, name: &str, source: &str) -> Result<Option<usize>, ModuleError> {
        let names = subject.names(self);
        let Some(index) = names.iter().position(|other| other.as_deref() == Some(name)) else {
            return Ok(None);
        };
        let old = subject.declared().get(index);
        let old = old.map(|old| old.source.as_str()).unwrap_or_default();
        if base(old) == base(source) {
            return Ok(Some(index));
        }
        Err(invalid(
            subject,
            format!(
                "there is a {} `{name}` already: {old}; choose another name with `--name`, or remove that one with `dockwright {}uninstall {name}`",
                subject.list.one(),
                match subject.list {
                    DependencyList::Dependencies => "",
                    DependencyList::Toolchains => "toolchain ",
                }
            ),
        ))
    }
}

/// What a source names, whatever the version.
fn base(source: &str) -> String {
    match GitRef::parse(source) {
        Ok(git) => git.without_version().to_string(),
        Err(_) => source.to_owned(),
    }
}

/// The reference as the manifest has it: a path from the manifest, or the canonical form of a reference to git.
pub(super) fn source(
    subject: &Subject,
    reference: &str,
    dependency: &LockedModule,
    workdir: &Path,
) -> Result<String, ModuleError> {
    if dependency.origin == Origin::Local {
        let path: PathBuf = relative_path(&subject.root, &dependency.root);
        let path = path.to_str().ok_or_else(|| ModuleError::Invalid {
            path: dependency.root.clone(),
            message: "the path is not valid UTF-8".to_owned(),
        })?;
        // Otherwise it would look like git where the directory is missing.
        let needs_sign = path.contains('.') && !path.starts_with('.');
        return Ok(if needs_sign {
            format!("./{path}")
        } else {
            path.to_owned()
        });
    }
    match ModuleRef::parse(reference, workdir) {
        Ok(ModuleRef::Git(git)) => Ok(git.to_string()),
        _ => Ok(reference.to_owned()),
    }
}

fn check_name(name: &str) -> Result<(), ModuleError> {
    let is_name = name.starts_with(|c: char| c.is_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '));
    if is_name {
        return Ok(());
    }
    Err(ModuleError::Reference {
        reference: name.to_owned(),
        message: "this is no name for a dependency: it should begin with a letter, and be letters, digits, `-` and `_`"
            .to_owned(),
    })
}

fn invalid(subject: &Subject, message: String) -> ModuleError {
    ModuleError::Invalid {
        path: subject.text.path().to_owned(),
        message,
    }
}
