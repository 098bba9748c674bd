//! Changes of a module's dependencies: what `install`, `uninstall` and `update` do to `dagger.json` and `dockwright.lock`. A change is made
//! in memory, resolved as it would be, and written only then.

mod blueprint;
mod files;
mod install;
mod list;
mod manifest_text;
mod self_calls;
mod uninstall;
mod update;

pub use install::Installation;
pub use list::DependencyList;
pub use self_calls::set_self_calls;
pub use uninstall::Removal;
pub use update::{Update, Updated};

use crate::error::ModuleError;
use crate::find::find_manifest;
use crate::git_reference::without_password;
use crate::locked::{LockedModule, Origin};
use crate::lockfile::{LOCK_NAME, Lockfile};
use crate::manifest::{Dependency, Manifest};
use crate::reference::ModuleRef;
use crate::resolve::Resolver;
use files::Files;
use manifest_text::ManifestText;
use std::path::{Path, PathBuf};

/// A module of the user's, read to be changed.
struct Subject {
    root: PathBuf,
    text: ManifestText,
    manifest: Manifest,
    /// Which of its lists is changed.
    list: DependencyList,
}

impl Subject {
    /// The module that the reference names, which must be a directory of the user's.
    fn open(reference: &str, workdir: &Path, list: DependencyList) -> Result<Subject, ModuleError> {
        let refused = |message: &str| ModuleError::Reference {
            reference: without_password(reference),
            message: message.to_owned(),
        };
        let directory = match ModuleRef::parse(reference, workdir).map_err(|error| refused(&error.to_string()))? {
            ModuleRef::Local(path) => workdir.join(path),
            _ => {
                return Err(refused(
                    "only a module in a directory can be changed; clone it and name its directory",
                ));
            }
        };
        if !directory.is_dir() {
            return Err(refused(&format!("there is no directory {}", directory.display())));
        }
        let path = find_manifest(&directory)?;
        let text = ManifestText::read(&path)?;
        Ok(Subject {
            root: path.parent().unwrap_or(&directory).to_owned(),
            manifest: text.manifest()?,
            text,
            list,
        })
    }

    fn declared(&self) -> &[Dependency] {
        self.list.declared(&self.manifest)
    }

    /// The names of its dependencies, in the order of the manifest: what the manifest says, else the module's own name, else none.
    fn names(&self, resolver: &Resolver) -> Vec<Option<String>> {
        let declared = self.declared().iter().map(|dependency| dependency.name.clone());
        let declared: Vec<Option<String>> = declared.collect();
        if declared.iter().all(Option::is_some) {
            return declared;
        }
        match resolver.resolve(".", &self.root) {
            Ok(module) => {
                let found = self.list.found(&module).iter();
                found.map(|dependency| Some(dependency.name.clone())).collect()
            }
            // It may be the broken dependency that is to go.
            Err(_) => declared,
        }
    }

    /// What is to be written.
    fn files(&self, lock: &Lockfile) -> Result<Files, ModuleError> {
        let mut files = Files::default();
        files.replace(self.text.path(), Some(self.text.to_text()))?;
        files.replace(&self.root.join(LOCK_NAME), (!lock.is_empty()).then(|| lock.to_text()))?;
        Ok(files)
    }
}

/// What pins a module: the commit, or the digest of the artifact; nothing pins a directory.
fn pin_of(module: &LockedModule) -> Option<String> {
    match &module.origin {
        Origin::Local | Origin::Session => None,
        Origin::Git { commit, .. } => Some(commit.clone()),
        Origin::Artifact(module) => Some(module.artifact.digest.to_string()),
    }
}

impl Resolver {
    /// Writes the lock of the module of the user's that the reference names, as its references are now. What is locked stays. Gives the
    /// module, and the lock's path when it was written.
    ///
    /// # Errors
    /// The module is not a directory of the user's, cannot be resolved, or the lock cannot be written.
    pub fn lock(&self, reference: &str, workdir: &Path) -> Result<(LockedModule, Option<PathBuf>), ModuleError> {
        let subject = Subject::open(reference, workdir, DependencyList::default())?;
        let resolution = self.resolve_as(&subject.root, subject.manifest.clone(), &crate::Refresh::Nothing)?;
        let files = subject.files(&resolution.lock)?;
        let path = subject.root.join(LOCK_NAME);
        let changes = files.changes(&path);
        files.write()?;
        Ok((resolution.module, changes.then_some(path)))
    }
}
