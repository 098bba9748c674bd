//! Where a module's files are: in a directory of the user's, or in the files of a commit, which it never leaves.

use super::git::Found;
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
        let at = |path: &Path| match path.as_os_str().is_empty() {
            true => "the root of the repository".to_owned(),
            false => format!("`{}` in the repository", path.display()),
        };
        let commit = repository.commit.get(..12).unwrap_or(&repository.commit);
        let root = repository
            .files
            .join(subpath)
            .canonicalize()
            .ok()
            .filter(|root| root.is_dir())
            .ok_or_else(|| format!("there is no directory {} at commit {commit}", at(subpath)))?;
        let inside = root
            .strip_prefix(&repository.files)
            .map_err(|_| format!("{} leads out of the repository", at(subpath)))?
            .to_owned();
        let manifest = manifest_in(&root)
            .ok_or_else(|| format!("there is no dagger.json in {} at commit {commit}", at(&inside)))?;
        if let Some(link) = repository.links_out.iter().find(|link| link.starts_with(&inside)) {
            return Err(format!(
                "the symbolic link {} leads out of the repository; a module from git must not have such links",
                link.display()
            ));
        }
        Ok(Place {
            manifest,
            root,
            context: repository.files.clone(),
            repository: Some(repository),
        })
    }

    /// Where the module came from.
    pub(super) fn origin(&self) -> Origin {
        match &self.repository {
            None => Origin::Local,
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
