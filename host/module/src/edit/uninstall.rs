//! `uninstall`: a dependency taken out.

use super::Subject;
use super::files::Files;
use super::list::DependencyList;
use crate::error::ModuleError;
use crate::locked::LockedModule;
use crate::resolve::{Refresh, Resolver};
use std::path::Path;

/// A dependency that can be taken out.
#[derive(Clone, Debug)]
pub struct Removal {
    /// The module as it will be; none when something else keeps it from being resolved.
    pub module: Option<LockedModule>,
    /// Name of the dependency.
    pub name: String,
    /// Its `source`.
    pub source: String,
    files: Files,
}

impl Removal {
    /// Writes `dagger.json` and the lock. When that fails both are as before.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write(&self) -> Result<(), ModuleError> {
        self.files.write()
    }
}

impl Resolver {
    /// What taking out a dependency of the module that `module` names would do. It goes by its name, or by its `source` as the manifest has
    /// it. Nothing is written.
    ///
    /// # Errors
    /// There is no such dependency, or the manifest cannot be read.
    pub fn plan_uninstall(&self, module: &str, name: &str, workdir: &Path) -> Result<Removal, ModuleError> {
        self.plan_uninstall_in(DependencyList::Dependencies, module, name, workdir)
    }

    /// The same in one of the module's lists.
    ///
    /// # Errors
    /// As for [`Resolver::plan_uninstall`].
    pub fn plan_uninstall_in(
        &self,
        list: DependencyList,
        module: &str,
        name: &str,
        workdir: &Path,
    ) -> Result<Removal, ModuleError> {
        let mut subject = Subject::open(module, workdir, list)?;
        let names = subject.names(self);
        let by_name = names.iter().position(|other| other.as_deref() == Some(name));
        let by_source = || {
            subject
                .declared()
                .iter()
                .position(|dependency| dependency.source == name)
        };
        let index = by_name
            .or_else(by_source)
            .ok_or_else(|| unknown(&subject, name, &names))?;
        let source = subject
            .declared()
            .get(index)
            .map(|dependency| dependency.source.clone());
        let source = source.unwrap_or_default();
        let known = names.get(index).cloned().flatten();
        subject.text.remove(list, index, known.as_deref().unwrap_or(name))?;
        let manifest = subject.text.manifest()?;
        // Where another dependency is broken, the lock keeps what it has: `develop` tidies it.
        let (module, lock) = match self.resolve_as(&subject.root, manifest, &Refresh::Nothing) {
            Ok(resolution) => (Some(resolution.module), resolution.lock),
            Err(_) => (None, crate::Lockfile::read(&subject.root)?),
        };
        Ok(Removal {
            files: subject.files(&lock)?,
            module,
            name: names.get(index).cloned().flatten().unwrap_or_else(|| name.to_owned()),
            source,
        })
    }
}

/// There is no dependency of that name.
pub(super) fn unknown(subject: &Subject, name: &str, names: &[Option<String>]) -> ModuleError {
    let known: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
    let known = match known.is_empty() {
        true => "the module has no dependencies".to_owned(),
        false => format!("there are {}", known.join(", ")),
    };
    ModuleError::Invalid {
        path: subject.text.path().to_owned(),
        message: format!("there is no dependency `{name}`; {known}"),
    }
}
