//! Commits that lie beside the module that depends on them, in `dockwright-vendor/git/<key>/<commit>`. Their files count when they add up to
//! what the lock says. They are then kept by that digest, apart from what was fetched: what one project brings must not stand for a commit
//! in another.

use super::GitError;
use super::program::{Complaint, Failure};
use super::store::{Checkout, Store, copy, io, key};
use crate::digest;
use crate::error::ModuleError;
use crate::locked::{LockedModule, Origin};
use crate::lockfile::GitEntry;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folder of vendored commits below that of all that is vendored.
const FOLDER: &str = "git";

/// A commit that was vendored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VendoredCommit {
    /// The repository.
    pub url: String,
    /// The commit.
    pub commit: String,
}

/// Copies the files of all commits that the module's graph needs into the folder of what is vendored, and removes those that it does not.
///
/// # Errors
/// Files cannot be read or written.
pub fn vendor_commits(module: &LockedModule, folder: &Path) -> Result<Vec<VendoredCommit>, ModuleError> {
    let mut commits = BTreeMap::new();
    collect(module, &mut commits);
    let folder = folder.join(FOLDER);
    if folder.exists() {
        fs_err::remove_dir_all(&folder)?;
    }
    for (commit, files) in &commits {
        copy(files, &place(&folder, &commit.url, &commit.commit))?;
    }
    Ok(commits.into_keys().collect())
}

fn collect(module: &LockedModule, commits: &mut BTreeMap<VendoredCommit, PathBuf>) {
    if let Origin::Git { url, commit, .. } = &module.origin {
        let commit = VendoredCommit {
            url: url.clone(),
            commit: commit.clone(),
        };
        commits.insert(commit, module.context.clone());
    }
    for needed in module.needed() {
        collect(needed, commits);
    }
}

fn place(folder: &Path, url: &str, commit: &str) -> PathBuf {
    folder.join(key(url)).join(commit)
}

impl Store {
    /// The files of the locked commit, when they were vendored in the folder.
    ///
    /// # Errors
    /// They are not what the lock says, or cannot be read.
    pub(super) fn vendored(&self, folder: &Path, locked: &GitEntry) -> Result<Option<Checkout>, GitError> {
        let given = place(&folder.join(FOLDER), &locked.url, &locked.commit);
        if !given.is_dir() {
            return Ok(None);
        }
        let target = self.of_digest(&locked.digest);
        if let Some(present) = self.read(&target, &locked.url, &locked.commit) {
            return Ok(Some(present));
        }
        let failed = |failure: Failure| GitError::Failed {
            reference: locked.source.clone(),
            url: given.display().to_string(),
            message: failure.message,
        };
        let found = digest::of_tree(&given).map_err(io).map_err(failed)?;
        if format!("blake3:{found}") != locked.digest {
            return Err(failed(Failure {
                complaint: Complaint::Other,
                message: "the files there are not what the lock says; remove them and run `dockwright vendor`"
                    .to_owned(),
            }));
        }
        let kept = self.keep(&given, &target, &locked.url, &locked.commit);
        kept.map(Some).map_err(io).map_err(failed)
    }

    fn keep(&self, given: &Path, target: &Path, url: &str, commit: &str) -> std::io::Result<Checkout> {
        let directory = target.parent().unwrap_or(target);
        fs_err::create_dir_all(directory)?;
        let staging = tempfile::Builder::new().prefix("vendored-").tempdir_in(directory)?;
        copy(given, &staging.path().join("files"))?;
        Store::finish(staging, target, url, commit, None)
    }
}
