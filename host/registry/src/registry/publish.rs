//! Artifacts into registries.

use super::{AT_ONCE, Registry};
use crate::client::ClientError;
use crate::digest::Digest;
use crate::error::PushError;
use crate::format::Descriptor;
use crate::pack::Packed;
use crate::reference::Reference;
use futures::stream::{StreamExt, TryStreamExt};

impl Registry {
    /// Writes an artifact to a registry, under the reference's tag; gives the digest under which it is there. A registry that does not
    /// take the config of Wasm artifacts gets the other form.
    ///
    /// # Errors
    /// The registry does not take it.
    pub async fn publish(&self, reference: &Reference, packed: &Packed) -> Result<Digest, PushError> {
        if reference.digest().is_some() {
            return Err(PushError::Pinned {
                reference: reference.to_string(),
            });
        }
        self.send_blobs(
            reference,
            packed.manifest.layers.iter().chain([&packed.manifest.config]),
        )
        .await?;
        let bytes = fs_err::read(self.inner.store.blob(packed.digest)).map_err(ClientError::from)?;
        let refused = match self.inner.client.put_manifest(reference, &bytes).await {
            Ok(()) => return Ok(packed.digest),
            Err(error) => error,
        };
        if !matches!(
            refused,
            ClientError::Refused {
                status: 400 | 404 | 415 | 422,
                ..
            }
        ) {
            return Err(refused.into());
        }
        tracing::debug!(%refused, "the registry does not take the config of Wasm artifacts; it gets the other form");
        self.send_blobs(reference, [&packed.fallback.config].into_iter())
            .await?;
        let bytes = fs_err::read(self.inner.store.blob(packed.fallback_digest)).map_err(ClientError::from)?;
        self.inner.client.put_manifest(reference, &bytes).await?;
        Ok(packed.fallback_digest)
    }

    pub(super) async fn send_blobs<'b>(
        &self,
        reference: &Reference,
        blobs: impl Iterator<Item = &'b Descriptor>,
    ) -> Result<(), PushError> {
        let blobs: Vec<Descriptor> = blobs.cloned().collect();
        futures::stream::iter(blobs.into_iter().map(|blob| async move {
            let file = self.inner.store.blob(blob.digest);
            self.inner.client.put_blob(reference, &blob, &file).await.map(|_| ())
        }))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
        Ok(())
    }
}
