//! From a reference to a manifest: out of a vendored folder, the store, or the registry, in this order.

use super::{Network, Registry};
use crate::client::Fetched;
use crate::digest::Digest;
use crate::error::PullError;
use crate::format::Manifest;
use crate::reference::Reference;

impl Registry {
    /// The digest of what the reference stands for in its registry today, whatever was vendored. Without a network, of what it stood for.
    ///
    /// # Errors
    /// There is no such artifact, or it cannot be had.
    pub async fn current(&self, reference: &Reference) -> Result<Digest, PullError> {
        Ok(self.unvendored(reference).await?.digest)
    }

    pub(super) async fn manifest(&self, reference: &Reference) -> Result<Fetched, PullError> {
        for vendor in &self.inner.vendors {
            if let Some(digest) = vendor.digest(reference)? {
                return self.pinned_manifest(&reference.pinned(digest), digest).await;
            }
        }
        self.unvendored(reference).await
    }

    async fn unvendored(&self, reference: &Reference) -> Result<Fetched, PullError> {
        if let Some(digest) = reference.digest() {
            return self.pinned_manifest(reference, digest).await;
        }
        if self.inner.network == Network::Off {
            let known = self
                .inner
                .store
                .remembered(reference)
                .ok_or_else(|| PullError::Offline {
                    what: reference.to_string(),
                })?;
            return self
                .pinned_manifest(&reference.pinned(known.digest), known.digest)
                .await;
        }
        let digest = match self.inner.client.manifest_digest(reference).await {
            Ok(digest) => digest,
            Err(problem) if problem.is_unreachable() => {
                return Err(match self.inner.store.remembered(reference) {
                    Some(known) => PullError::Known {
                        reference: reference.to_string(),
                        problem: Box::new(problem),
                        digest: known.digest.short(),
                        age: known.age(),
                        pinned: reference.pinned(known.digest).to_string(),
                    },
                    None => problem.into(),
                });
            }
            Err(problem) => return Err(problem.into()),
        };
        let fetched = match digest {
            Some(digest) => self.pinned_manifest(&reference.pinned(digest), digest).await?,
            None => {
                let limit = self.inner.limits.manifest;
                self.keep_manifest(self.inner.client.manifest(reference, limit).await?)?
            }
        };
        if let Err(error) = self.inner.store.remember(reference, fetched.digest) {
            tracing::debug!(%error, "what the tag leads to cannot be remembered");
        }
        Ok(fetched)
    }

    pub(super) async fn pinned_manifest(&self, reference: &Reference, digest: Digest) -> Result<Fetched, PullError> {
        if let Some(bytes) = self.local(digest)? {
            return Ok(Fetched { digest, bytes });
        }
        self.must_be_on(|| reference.to_string())?;
        let limit = self.inner.limits.manifest;
        self.keep_manifest(self.inner.client.manifest(reference, limit).await?)
    }

    fn keep_manifest(&self, fetched: Fetched) -> Result<Fetched, PullError> {
        // What is no module does not get into the store.
        if Manifest::parse(&fetched.bytes, &self.inner.limits).is_ok() {
            self.inner.store.put(&fetched.bytes)?;
        }
        Ok(fetched)
    }
}
