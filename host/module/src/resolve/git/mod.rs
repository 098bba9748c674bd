//! Modules in git repositories: which repository and commit a reference means, and that commit's files, fetched once by the `git` program.

mod commit;
mod error;
mod imports;
mod program;
mod refs;
mod route;
mod signature;
mod store;
mod submodules;
mod vendored;

pub use commit::{SourceCommit, source_commit};
pub use error::GitError;
pub use vendored::{VendoredCommit, vendor_commits};

use crate::git_reference::{Candidate, GitRef, Transport};
use crate::lockfile::GitEntry;
use crate::trust::Trust;
use dockwright_http::Proxies;
use program::{Complaint, Failure, Program};
use refs::{NoTarget, Refs, Target, is_commit};
use route::Route;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
pub(super) use store::links_out;
use store::{Checkout, Store};

/// Finds modules in git. It remembers what repositories advertise, so that each is asked once.
pub(super) struct Git {
    store: Store,
    program: Program,
    advertised: Mutex<HashMap<String, Refs>>,
    /// What hosts said of paths: the beginning that is a repository, and its address.
    imports: Mutex<HashMap<String, (String, String)>>,
    route: Route,
    watch: super::Watch,
    is_offline: bool,
    /// Where the module that is resolved keeps what it depends on.
    vendor: Mutex<Option<PathBuf>>,
}

/// Where files come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FilesOf {
    /// A commit of a repository.
    #[default]
    Commit,
    /// They were made in the session.
    Session {
        /// Whether a module in them may call only modules in them.
        is_alone: bool,
    },
}

impl FilesOf {
    /// What people call the whole of them.
    pub(super) fn noun(self) -> &'static str {
        match self {
            FilesOf::Commit => "repository",
            FilesOf::Session { .. } => "directory",
        }
    }
}

/// A module's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Where they come from; what is said of a commit is empty for those that do not come from one.
    pub of: FilesOf,
    /// The repository.
    pub url: String,
    /// The commit.
    pub commit: String,
    /// The module in the repository; empty for its root.
    pub subpath: String,
    /// Root of the repository's files, canonical.
    pub files: PathBuf,
    /// Digest of the repository's files.
    pub digest: String,
    /// Symbolic links that lead out of the repository, relative to its root.
    pub links_out: Vec<PathBuf>,
}

/// What a candidate led to, when it led nowhere.
struct Attempt {
    url: String,
    failure: Failure,
}

impl Git {
    pub(super) fn new(cache: &Path, watch: super::Watch, cancelled: Arc<AtomicBool>) -> Git {
        Git {
            store: Store::new(cache.join("git")),
            program: Program::new(cancelled),
            advertised: Mutex::default(),
            imports: Mutex::default(),
            route: Route::default(),
            watch,
            is_offline: false,
            vendor: Mutex::default(),
        }
    }

    /// From now on, what the folder holds counts where the lock agrees.
    pub(super) fn look_in(&self, vendor: Option<PathBuf>) {
        *self.vendor.lock().unwrap_or_else(PoisonError::into_inner) = vendor;
    }

    /// The files of the locked commit, when they were vendored.
    fn vendored(&self, locked: Option<&GitEntry>) -> Result<Option<Checkout>, GitError> {
        let folder = self.vendor.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match folder.zip(locked) {
            Some((folder, locked)) => self.store.vendored(&folder, locked),
            None => Ok(None),
        }
    }

    /// The same without the network: only what was fetched before is found.
    pub(super) fn offline(self) -> Git {
        Git {
            is_offline: true,
            ..self
        }
    }

    /// The same, with demands on what it finds, and proxies to ask hosts through.
    pub(super) fn along(self, trust: Arc<Trust>, proxies: Proxies) -> Git {
        let route = Route::new(trust, proxies);
        Git {
            program: self.program.along(route.clone()),
            route,
            ..self
        }
    }

    /// The files of the module. With a pin, which is a commit or a ref, the version says nothing; what the lock knows is taken as it is,
    /// and needs no network when it was fetched before. It comes from a repository that is listed and has the signatures that are demanded.
    pub(super) fn find(
        &self,
        reference: &GitRef,
        pin: Option<&str>,
        locked: Option<&GitEntry>,
    ) -> Result<Found, GitError> {
        let found = self.find_unsigned(reference, pin, locked)?;
        self.check_signature(reference, &found)?;
        Ok(found)
    }

    fn find_unsigned(
        &self,
        reference: &GitRef,
        pin: Option<&str>,
        locked: Option<&GitEntry>,
    ) -> Result<Found, GitError> {
        let imported = self.imported(reference, false).into_iter();
        let mut candidates: Vec<Candidate> = imported.chain(reference.candidates()).collect();
        if let Some(locked) = locked
            && let Some(known) = candidates.iter().find(|candidate| candidate.url == locked.url)
        {
            candidates = vec![Candidate {
                is_certain: true,
                ..known.clone()
            }];
        }
        if reference.transport == Transport::File {
            candidates.retain(|candidate| candidate.is_certain || is_repository(&candidate.url));
        }
        let unlisted = candidates
            .iter()
            .find_map(|candidate| self.route.require(&candidate.url).err());
        candidates.retain(|candidate| self.route.require(&candidate.url).is_ok());
        let import_path = reference
            .import_path()
            .map(|(scheme, path)| format!("{scheme}://{path}"));
        let may_be_imported = import_path.is_some_and(|path| self.route.require(&path).is_ok());
        if let (true, false, Some(failure)) = (candidates.is_empty(), may_be_imported, unlisted) {
            return Err(not_listed(reference, failure));
        }
        let version = pin
            .or(locked.map(|locked| locked.commit.as_str()))
            .or(reference.version());
        let commit = version.filter(|version| is_commit(version));
        if let Some(commit) = commit {
            let present = candidates
                .iter()
                .find_map(|candidate| Some((candidate, self.store.get_listed(&self.route, &candidate.url, commit)?)));
            if let Some((candidate, checkout)) = present {
                return Ok(found(candidate, commit, checkout));
            }
            let agrees = locked.filter(|locked| locked.commit == commit);
            let named = candidates
                .iter()
                .find(|candidate| agrees.is_some_and(|locked| locked.url == candidate.url));
            // What is vendored is the user's own, and brings no signatures.
            let is_free = |candidate: &&Candidate| self.route.trust().git_demands(&candidate.url).is_empty();
            if let Some(candidate) = named.filter(is_free)
                && let Some(checkout) = self.vendored(agrees)?
            {
                return Ok(found(candidate, commit, checkout));
            }
        }
        if self.is_offline {
            let remembered = self.remembered(reference, &candidates, version);
            return remembered.ok_or_else(|| GitError::Offline {
                reference: reference.to_string(),
            });
        }
        let end = (self.watch)(&format!("fetch {reference}"));
        if !candidates.iter().any(|candidate| candidate.is_certain)
            && let Some(imported) = self.imported(reference, true)
            && self.route.require(&imported.url).is_ok()
        {
            candidates.retain(|candidate| *candidate != imported);
            candidates.insert(0, imported);
        }
        let result = self.fetch(reference, &candidates, version);
        end(result.as_ref().err().map(ToString::to_string));
        if let (Ok(found), None) = (&result, commit) {
            let name = versioned(reference, version);
            // Where that cannot be written, working without the network needs a lock.
            drop(self.store.remember(&name, &found.url, &found.commit));
        }
        result
    }

    /// What the version was when it was last looked up, if its files are here.
    fn remembered(&self, reference: &GitRef, candidates: &[Candidate], version: Option<&str>) -> Option<Found> {
        let [url, commit] = self.store.remembered(&versioned(reference, version))?;
        let candidate = candidates.iter().find(|candidate| candidate.url == url)?;
        Some(found(
            candidate,
            &commit,
            self.store.get_listed(&self.route, &url, &commit)?,
        ))
    }

    fn fetch(&self, reference: &GitRef, candidates: &[Candidate], version: Option<&str>) -> Result<Found, GitError> {
        let mut attempts: Vec<Attempt> = Vec::new();
        let may_ask = matches!(candidates, [only] if only.is_certain);
        let mut unreachable = Vec::new();
        for candidate in candidates {
            if unreachable.contains(&candidate.transport) {
                continue;
            }
            match self.attempt(reference, candidate, version, may_ask)? {
                Ok(found) => return Ok(found),
                Err(failure) => {
                    if matches!(failure.complaint, Complaint::Host | Complaint::Network) {
                        unreachable.push(candidate.transport);
                    }
                    attempts.push(Attempt {
                        url: candidate.url.clone(),
                        failure,
                    });
                }
            }
        }
        // The first address of a well-known host asked for a name and a password; now the user may be asked.
        let denied = attempts
            .first()
            .filter(|first| first.failure.complaint == Complaint::Access);
        if let (Some(_), Some(first), false) = (denied, candidates.first().filter(|first| first.is_certain), may_ask)
            && let Ok(found) = self.attempt(reference, first, version, true)?
        {
            return Ok(found);
        }
        Err(explain(reference, attempts))
    }

    /// What the candidate leads to. The outer error ends the search: the repository is there, but not what is wanted of it.
    fn attempt(
        &self,
        reference: &GitRef,
        candidate: &Candidate,
        version: Option<&str>,
        may_ask: bool,
    ) -> Result<Result<Found, Failure>, GitError> {
        let url = &candidate.url;
        let known = version.filter(|version| candidate.is_certain && is_commit(version));
        let target = match known {
            Some(commit) => Target {
                commit: commit.to_owned(),
                name: None,
            },
            None => {
                let refs = match self.advertised(url, may_ask) {
                    Ok(refs) => refs,
                    Err(failure) => return unless_fatal(reference, failure),
                };
                refs.choose(version, &candidate.subpath)
                    .map_err(|reason| no_target(reference, url, version, reason))?
            }
        };
        match self.store.fetch(&self.program, url, &target, may_ask) {
            Ok(checkout) => Ok(Ok(found(candidate, &target.commit, checkout))),
            Err(failure) if failure.complaint == Complaint::Revision => Err(GitError::Vanished {
                reference: reference.to_string(),
                url: url.clone(),
                commit: target.commit,
            }),
            Err(failure) => unless_fatal(reference, failure),
        }
    }

    fn advertised(&self, url: &str, may_ask: bool) -> Result<Refs, Failure> {
        let known = || self.advertised.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(refs) = known().get(url) {
            return Ok(refs.clone());
        }
        let end = self.route.end(url)?;
        let arguments = ["ls-remote", "--", &end, "HEAD", "refs/heads/*", "refs/tags/*"];
        let refs = Refs::parse(&self.program.run(None, may_ask, &arguments)?);
        known().insert(url.to_owned(), refs.clone());
        Ok(refs)
    }
}

/// The reference with the version that counts, which may be a pin's.
fn versioned(reference: &GitRef, version: Option<&str>) -> String {
    match version {
        Some(version) => reference.with_version(version).to_string(),
        None => reference.to_string(),
    }
}

fn found(candidate: &Candidate, commit: &str, checkout: Checkout) -> Found {
    Found {
        of: FilesOf::Commit,
        url: candidate.url.clone(),
        commit: commit.to_owned(),
        subpath: candidate.subpath.clone(),
        files: checkout.files,
        digest: checkout.digest,
        links_out: checkout.links_out,
    }
}

fn unless_fatal(reference: &GitRef, failure: Failure) -> Result<Result<Found, Failure>, GitError> {
    let reference = reference.to_string();
    match failure.complaint {
        Complaint::NoGit => Err(GitError::NoGit { reference }),
        Complaint::Cancelled => Err(GitError::Cancelled { reference }),
        Complaint::Unlisted => Err(GitError::NotListed {
            reference,
            message: failure.message,
        }),
        _ => Ok(Err(failure)),
    }
}

fn not_listed(reference: &GitRef, failure: Failure) -> GitError {
    GitError::NotListed {
        reference: reference.to_string(),
        message: failure.message,
    }
}

fn no_target(reference: &GitRef, url: &str, version: Option<&str>, reason: NoTarget) -> GitError {
    let (reference, url) = (reference.to_string(), url.to_owned());
    match reason {
        NoTarget::Revision => GitError::Revision {
            reference,
            url,
            version: version.unwrap_or("HEAD").to_owned(),
        },
        NoTarget::Tags(tags, known) => {
            let tags: Vec<String> = tags.iter().map(|tag| format!("a tag `{tag}`")).collect();
            let newest: Vec<String> = known.iter().take(5).map(|version| format!("`{version}`")).collect();
            GitError::Version {
                reference,
                url,
                tags: tags.join(" nor "),
                known: if newest.is_empty() {
                    "it has no tags that are versions; name a branch or a commit".to_owned()
                } else {
                    format!("the newest versions there are: {}", newest.join(", "))
                },
            }
        }
    }
}

/// One error for all addresses that were tried. What the user can do something about goes first.
fn explain(reference: &GitRef, attempts: Vec<Attempt>) -> GitError {
    let reference = reference.to_string();
    let mut urls: Vec<&str> = attempts.iter().map(|attempt| attempt.url.as_str()).collect();
    urls.dedup();
    let tried = urls.join(", ");
    let first = |complaint: Complaint| attempts.iter().find(|attempt| attempt.failure.complaint == complaint);
    if let Some(at) = first(Complaint::Other) {
        return GitError::Failed {
            reference,
            url: at.url.clone(),
            message: at.failure.message.clone(),
        };
    }
    if let Some(at) = first(Complaint::Host) {
        return GitError::Host {
            reference,
            url: at.url.clone(),
        };
    }
    // ssh is tried after https; where only ssh is refused, what https said tells more.
    if attempts
        .first()
        .is_some_and(|at| at.failure.complaint == Complaint::NoRepository)
    {
        return GitError::NoRepository { reference, tried };
    }
    if first(Complaint::Access).is_some() {
        return GitError::Access { reference, tried };
    }
    match first(Complaint::Network) {
        Some(at) => GitError::Network {
            reference,
            url: at.url.clone(),
            message: at.failure.message.clone(),
        },
        None => GitError::NoRepository { reference, tried },
    }
}

/// Whether there is a repository at a `file://` address.
fn is_repository(url: &str) -> bool {
    let path = Path::new(url.strip_prefix("file://").unwrap_or(url));
    path.join(".git").exists() || (path.join("HEAD").is_file() && path.join("objects").is_dir())
}
