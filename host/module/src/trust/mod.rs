//! `trust.toml`: whose signatures modules from registries and git must have, and where modules may come from.
//!
//! There may be one of the user's, and some of the repository that a module is in. Each file is a demand of its own and all must be met, so that a
//! repository can add demands and never take one of the user's away. A demand is met by signatures that are verified each time, with keys that the
//! file names; where the signature comes from does not matter.

mod error;
mod file;
mod git_key;
mod git_name;
mod only;
mod pattern;

pub use error::TrustError;
pub(crate) use file::Demand;
use file::TrustFile;
pub(crate) use git_key::GitKey;

use crate::find::context_root;
use dockwright_registry::{Attachment, Digest, PublicKey, Reference, Registry};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files' name.
pub const TRUST_NAME: &str = "trust.toml";

/// What all files together demand.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    files: Vec<TrustFile>,
}

/// Where a repository may say whom it trusts: beside the module, and in the folders above it up to the root of the repository.
pub fn trust_files(module: &Path) -> Vec<PathBuf> {
    let root = context_root(module);
    let folders = module.ancestors().take_while(|folder| folder.starts_with(&root));
    let files = folders.map(|folder| folder.join(TRUST_NAME));
    files.filter(|file| file.is_file()).collect()
}

impl Trust {
    /// Reads these files. What is not there demands nothing.
    ///
    /// # Errors
    /// One of them cannot be read or makes no sense.
    pub fn read(files: impl IntoIterator<Item = PathBuf>) -> Result<Trust, TrustError> {
        let read = files.into_iter().map(|path| TrustFile::read(&path));
        let files = read.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        Ok(Trust { files })
    }

    /// Whether there is a demand on modules of that repository.
    pub fn demands_of(&self, reference: &Reference) -> bool {
        self.demands(reference).next().is_some()
    }

    /// All keys that the files name, with their names.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &PublicKey)> {
        self.files.iter().flat_map(TrustFile::keys)
    }

    /// The names of keys whose owners have signed the artifact, each once.
    pub fn signers(&self, artifact: Digest, attachments: &BTreeSet<Attachment>) -> Vec<String> {
        let signed = self.keys().filter(|(_, key)| {
            attachments
                .iter()
                .any(|attachment| attachment.is_signature(artifact, key))
        });
        let names: BTreeSet<String> = signed.map(|(name, _)| name.to_owned()).collect();
        names.into_iter().collect()
    }

    /// Checks that the artifact has the signatures that are demanded of it. The registry is asked only when those that are here do not do.
    ///
    /// # Errors
    /// A signature is missing, or the registry cannot be asked.
    pub async fn check(&self, registry: &Registry, reference: &Reference, artifact: Digest) -> Result<(), TrustError> {
        if !self.demands_of(reference) {
            return Ok(());
        }
        if self
            .unmet(reference, artifact, &registry.kept_attachments(artifact))
            .is_none()
        {
            return Ok(());
        }
        let found = registry.attachments(reference, artifact).await?;
        match self.unmet(reference, artifact, &found) {
            None => Ok(()),
            Some(demand) => Err(refusal(registry, reference, artifact, &found, demand)),
        }
    }

    /// Checks that modules may come from the registry's repository.
    ///
    /// # Errors
    /// A file does not list it.
    pub fn require_listed(&self, reference: &Reference) -> Result<(), TrustError> {
        match self.files.iter().find(|file| !file.only().has_registry(reference)) {
            Some(file) => Err(TrustError::NotListed {
                reference: reference.to_string(),
                path: file.path().to_owned(),
            }),
            None => Ok(()),
        }
    }

    /// Whether registries may lead to a host.
    ///
    /// # Errors
    /// A file does not list it; the text says which.
    pub fn require_redirect(&self, host: &str) -> Result<(), String> {
        match self.files.iter().find(|file| !file.only().has_redirect(host)) {
            Some(file) => Err(format!(
                "it leads to {host}, which {} does not list; add it to `redirects` under `[only]` there if you trust it",
                file.path().display()
            )),
            None => Ok(()),
        }
    }

    /// Whether there is a list of git repositories.
    pub(crate) fn limits_git(&self) -> bool {
        self.files.iter().any(|file| file.only().limits_git())
    }

    /// The file that does not list the git repository at the address.
    pub(crate) fn unlisted_git(&self, url: &str) -> Option<&Path> {
        let mut files = self.files.iter();
        files.find(|file| !file.only().has_git(url)).map(TrustFile::path)
    }

    /// What is demanded of commits of the git repository at the address.
    pub(crate) fn git_demands(&self, url: &str) -> Vec<Demand<'_, GitKey>> {
        self.files.iter().filter_map(|file| file.git_demand(url)).collect()
    }

    fn demands(&self, reference: &Reference) -> impl Iterator<Item = Demand<'_, PublicKey>> {
        let name = reference.canonical_name();
        self.files.iter().filter_map(move |file| file.demand(&name))
    }

    /// The first demand that is not met.
    fn unmet(
        &self,
        reference: &Reference,
        artifact: Digest,
        found: &BTreeSet<Attachment>,
    ) -> Option<Demand<'_, PublicKey>> {
        let is_met = |demand: &Demand<'_, PublicKey>| {
            demand
                .keys
                .iter()
                .any(|(_, key)| found.iter().any(|attachment| attachment.is_signature(artifact, key)))
        };
        self.demands(reference).find(|demand| !is_met(demand))
    }
}

fn refusal(
    registry: &Registry,
    reference: &Reference,
    artifact: Digest,
    found: &BTreeSet<Attachment>,
    demand: Demand<'_, PublicKey>,
) -> TrustError {
    let reference = reference.pinned(artifact).to_string();
    let wanted = demand.wanted();
    let (path, rule) = (demand.path.to_owned(), demand.rule.to_owned());
    if found.iter().any(|attachment| attachment.claims_signature(artifact)) {
        return TrustError::WrongKey {
            reference,
            wanted,
            path,
            rule,
        };
    }
    TrustError::Unsigned {
        reference,
        wanted,
        path,
        rule,
        asked: if registry.is_offline() {
            "no signature of it is on this machine, and `--offline` forbids to ask the registry"
        } else {
            "it is not signed"
        },
    }
}
