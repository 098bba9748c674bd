//! Where a module's files are: in a directory of the user's, or in the files of a commit, which it never leaves.

use super::git::{FilesOf, Found};
use crate::error::ModuleError;
use crate::find::manifest_in;
use crate::locked::Origin;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A module's files, found but not read.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The manifest's path.
    pub manifest: PathBuf,
    /// Its directory, canonical: what tells one module from another.
    pub root: PathBuf,
    /// Root of the repository that it is in, else `root`.
    pub context: PathBuf,
    /// The commit that it is in; none for a directory of the user's.
    pub repository: Option<Arc<Found>>,
}

impl Place {
    /// The module that a reference to git names, in what was found for it.
    pub(super) fn in_repository(reference: &str, found: Found) -> Result<Place, ModuleError> {
        let subpath = PathBuf::from(&found.subpath);
        Place::below(Arc::new(found), &subpath).map_err(|message| ModuleError::Reference {
            reference: reference.to_owned(),
            message,
        })
    }

    /// The module in that directory of the repository.
    pub(super) fn below(repository: Arc<Found>, subpath: &Path) -> Result<Place, String> {
        let files = repository.of.noun();
        let at = |path: &Path| match path.as_os_str().is_empty() {
            true => format!("the root of the {files}"),
            false => format!("`{}` in the {files}", path.display()),
        };
        let commit = match repository.of {
            FilesOf::Commit => format!(
                " at commit {}",
                repository.commit.get(..12).unwrap_or(&repository.commit)
            ),
            FilesOf::Session { .. } => String::new(),
        };
        let root = repository
            .files
            .join(subpath)
            .canonicalize()
            .ok()
            .filter(|root| root.is_dir())
            .ok_or_else(|| format!("there is no directory {}{commit}", at(subpath)))?;
        let inside = root
            .strip_prefix(&repository.files)
            .map_err(|_| format!("{} leads out of the {files}", at(subpath)))?
            .to_owned();
        let manifest =
            manifest_in(&root).ok_or_else(|| format!("there is no dagger.json in {}{commit}", at(&inside)))?;
        Place::require_no_links_out(&repository, &inside)?;
        Ok(Place {
            manifest,
            root,
            context: repository.files.clone(),
            repository: Some(repository),
        })
    }

    /// Refuses a symbolic link in the module that leads out of the repository.
    pub(super) fn require_no_links_out(repository: &Found, inside: &Path) -> Result<(), String> {
        let link = repository.links_out.iter().find(|link| link.starts_with(inside));
        match link {
            None => Ok(()),
            Some(link) => Err(format!(
                "the symbolic link {} leads out of the {}; a module from {} must not have such links",
                link.display(),
                repository.of.noun(),
                match repository.of {
                    FilesOf::Commit => "git",
                    FilesOf::Session { .. } => "there",
                }
            )),
        }
    }

    /// Where the module came from.
    pub(super) fn origin(&self) -> Origin {
        match &self.repository {
            None => Origin::Local,
            Some(found) if found.of != FilesOf::Commit => Origin::Session,
            Some(found) => Origin::Git {
                url: found.url.clone(),
                commit: found.commit.clone(),
                subpath: self
                    .root
                    .strip_prefix(&found.files)
                    .unwrap_or(Path::new(""))
                    .to_string_lossy()
                    .into_owned(),
            },
        }
    }
}
