//! `update`: what branches and tags mean now, in the place of what was pinned or locked.

use super::files::Files;
use super::list::DependencyList;
use super::uninstall::unknown;
use super::{Subject, pin_of};
use crate::error::ModuleError;
use crate::git_reference::GitRef;
use crate::locked::LockedModule;
use crate::lockfile::Lockfile;
use crate::reference::ModuleRef;
use crate::resolve::{Refresh, Resolver};
use std::collections::BTreeSet;
use std::path::Path;

/// What an update would change.
#[derive(Clone, Debug)]
pub struct Update {
    /// The module as it will be.
    pub module: LockedModule,
    /// What was looked for anew, in the order of the manifest, then what only other modules call.
    pub updated: Vec<Updated>,
    files: Files,
}

/// A reference that was looked for anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// Name of the dependency; none when another module calls it.
    pub name: Option<String>,
    /// The reference.
    pub source: String,
    /// Commit before, if it was known.
    pub before: Option<String>,
    /// Commit now.
    pub after: String,
}

impl Update {
    /// Writes `dagger.json` and the lock. When that fails both are as before.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write(&self) -> Result<(), ModuleError> {
        self.files.write()
    }
}

impl Resolver {
    /// What updating dependencies of the module that `module` names would do; all that are in git without names. A name may have a new
    /// version: `lint@v2`. Nothing is written.
    ///
    /// # Errors
    /// There is no such dependency, it is not in git, or the network is needed and not there.
    pub fn plan_update(&self, module: &str, names: &[String], workdir: &Path) -> Result<Update, ModuleError> {
        self.plan_update_in(DependencyList::Dependencies, module, names, workdir)
    }

    /// The same in one of the module's lists.
    ///
    /// # Errors
    /// As for [`Resolver::plan_update`].
    pub fn plan_update_in(
        &self,
        list: DependencyList,
        module: &str,
        names: &[String],
        workdir: &Path,
    ) -> Result<Update, ModuleError> {
        let mut subject = Subject::open(module, workdir, list)?;
        let locked = Lockfile::read(&subject.root)?;
        let known = subject.names(self);
        let selected = select(&mut subject, names, &known)?;
        let refresh = match names.is_empty() && list == DependencyList::Dependencies {
            true => Refresh::All,
            false => Refresh::Sources(sources(&subject, &selected)),
        };
        let manifest = subject.manifest.clone();
        let resolution = self.resolve_as(&subject.root, manifest, &refresh)?;
        let mut updated = Vec::new();
        for (index, name, before) in selected {
            let Some((declared, found)) = subject
                .declared()
                .get(index)
                .cloned()
                .zip(list.found(&resolution.module).get(index))
            else {
                continue;
            };
            let Some(after) = pin_of(&found.module) else {
                continue;
            };
            let before = before.or_else(|| known_before(&locked, &declared.source));
            updated.push(Updated {
                name: Some(found.name.clone()),
                source: declared.source.clone(),
                before,
                after: after.clone(),
            });
            subject.text.set(
                list,
                Some(index),
                &name.unwrap_or_else(|| found.name.clone()),
                &declared.source,
                Some(&after),
            )?;
        }
        // Now they are pinned in the manifest, which the lock is to say.
        let manifest = subject.text.manifest()?;
        let mut lock = resolution.lock;
        for entry in &mut lock.git {
            let is_pinned = |dependency: &crate::Dependency| {
                dependency.source == entry.source && dependency.pin.as_ref() == Some(&entry.commit)
            };
            entry.pinned |= list.declared(&manifest).iter().any(is_pinned);
        }
        for entry in lock.git.iter().filter(|entry| !entry.pinned) {
            let before = locked.git(&entry.source).map(|entry| entry.commit.clone());
            if before.as_deref() != Some(&entry.commit) {
                updated.push(Updated {
                    name: None,
                    source: entry.source.clone(),
                    before,
                    after: entry.commit.clone(),
                });
            }
        }
        for entry in &lock.oci {
            let is_own = |dependency: &crate::Dependency| dependency.source == entry.source;
            let before = locked.oci(&entry.source).map(|entry| entry.digest.clone());
            if !manifest.dependencies.iter().any(is_own) && before.as_deref() != Some(&entry.digest) {
                updated.push(Updated {
                    name: None,
                    source: entry.source.clone(),
                    before,
                    after: entry.digest.clone(),
                });
            }
        }
        Ok(Update {
            files: subject.files(&lock)?,
            module: resolution.module,
            updated,
        })
    }
}

/// A dependency to update: where it is, its name in the manifest, its commit so far.
type Selected = (usize, Option<String>, Option<String>);

/// The dependencies to update. Their new versions are put into the manifest.
fn select(subject: &mut Subject, names: &[String], known: &[Option<String>]) -> Result<Vec<Selected>, ModuleError> {
    let mut wanted = Vec::new();
    for name in names {
        let (name, version) = match name.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (name.as_str(), None),
        };
        let index = known.iter().position(|other| other.as_deref() == Some(name));
        wanted.push((index.ok_or_else(|| unknown(subject, name, known))?, version));
    }
    if names.is_empty() {
        wanted = (0..known.len()).map(|index| (index, None)).collect();
    }
    let mut selected = Vec::new();
    for (index, version) in wanted {
        let path = subject.text.path().to_owned();
        let root = subject.root.clone();
        let Some(dependency) = subject.list.declared_mut(&mut subject.manifest).get_mut(index) else {
            continue;
        };
        let invalid = |message: String| ModuleError::Invalid {
            path: path.clone(),
            message,
        };
        let reference = ModuleRef::parse_dependency(&dependency.source, dependency.pin.as_deref(), &root)
            .map_err(|error| invalid(error.to_string()))?;
        match reference {
            ModuleRef::Git(git) => {
                let before = dependency.pin.take();
                if let Some(version) = version {
                    let source = git.with_version(version).to_string();
                    GitRef::parse(&source).map_err(|error| invalid(error.to_string()))?;
                    dependency.source = source;
                }
                selected.push((index, dependency.name.clone(), before));
            }
            ModuleRef::Oci(text) => {
                let before = dependency.pin.take();
                if let Some(version) = version {
                    dependency.source = with_tag(&text, version);
                }
                selected.push((index, dependency.name.clone(), before));
            }
            ModuleRef::Local(_) if names.is_empty() => {}
            ModuleRef::Local(_) => {
                return Err(invalid(format!(
                    "`{}` is the path {}: its files are used as they are, there is nothing to update",
                    known.get(index).cloned().flatten().unwrap_or_default(),
                    dependency.source
                )));
            }
        }
    }
    Ok(selected)
}

/// The reference to a registry with another tag, and no digest.
fn with_tag(reference: &str, tag: &str) -> String {
    let name = reference.split('@').next().unwrap_or(reference);
    let path = name.rfind('/').map_or(0, |slash| slash + 1);
    let end = name
        .get(path..)
        .and_then(|last| last.find(':'))
        .map_or(name.len(), |colon| path + colon);
    format!("{}:{tag}", name.get(..end).unwrap_or(name))
}

/// What the lock says of the reference where no manifest pins it.
fn known_before(locked: &Lockfile, source: &str) -> Option<String> {
    let git = locked.git(source).map(|entry| entry.commit.clone());
    git.or_else(|| locked.oci(source).map(|entry| entry.digest.clone()))
}

fn sources(subject: &Subject, selected: &[Selected]) -> BTreeSet<String> {
    let at = |index: &usize| {
        subject
            .declared()
            .get(*index)
            .map(|dependency| dependency.source.clone())
    };
    selected.iter().filter_map(|(index, ..)| at(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_replaced() {
        for (before, after) in [
            (
                "oci://registry.example:5000/acme/lint",
                "oci://registry.example:5000/acme/lint:2",
            ),
            (
                "oci://registry.example:5000/acme/lint:1",
                "oci://registry.example:5000/acme/lint:2",
            ),
            ("oci://r/lint:1@sha256:00", "oci://r/lint:2"),
        ] {
            assert_eq!(with_tag(before, "2"), after);
        }
    }
}
