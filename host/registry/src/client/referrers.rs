//! What refers to an artifact: signatures, provenance. Only listed and written here; nothing is made of it.

use super::Client;
use super::body::collect;
use super::call::Call;
use super::error::ClientError;
use crate::digest::Digest;
use crate::format::{Descriptor, media_type};
use crate::reference::Reference;
use http::{HeaderValue, Method, header};
use serde::{Deserialize, Serialize};

const LIST_LIMIT: u64 = 4 << 20;

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Index {
    schema_version: u32,
    media_type: String,
    manifests: Vec<Descriptor>,
}

impl Client {
    /// Descriptors of the manifests that refer to that one, by the referrers API or, where a registry lacks it, its fallback tag.
    pub(crate) async fn referrers(
        &self,
        reference: &Reference,
        digest: Digest,
    ) -> Result<Vec<Descriptor>, ClientError> {
        let fallback = format!("manifests/sha256-{}", digest.hex());
        for path in [format!("referrers/{digest}"), fallback] {
            let call = Call::new(reference, Method::GET, path, "referrers")
                .with_header(header::ACCEPT, HeaderValue::from_static(media_type::INDEX));
            match self.send(&call).await {
                Ok(response) => {
                    let bytes = collect(call.host(), response, LIST_LIMIT).await?;
                    let index: Index = serde_json::from_slice(&bytes).map_err(|error| ClientError::Protocol {
                        host: reference.host().to_owned(),
                        message: format!("its list of referrers is not understood: {error}"),
                    })?;
                    return Ok(index.manifests);
                }
                Err(ClientError::NotFound { .. } | ClientError::Refused { status: 400 | 405, .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Vec::new())
    }

    /// Writes a manifest that refers to that one. Where the registry does not list referrers by itself, the list under the fallback tag gets it.
    pub(crate) async fn put_referrer(
        &self,
        reference: &Reference,
        subject: Digest,
        referrer: &Descriptor,
        bytes: &[u8],
    ) -> Result<(), ClientError> {
        if self
            .put(&reference.pinned(referrer.digest), media_type::MANIFEST, bytes)
            .await?
        {
            return Ok(());
        }
        let list = reference.tagged(&format!("sha256-{}", subject.hex()));
        let mut index = match self.manifest(&list, LIST_LIMIT).await {
            Ok(fetched) => serde_json::from_slice(&fetched.bytes).map_err(|error| ClientError::Protocol {
                host: reference.host().to_owned(),
                message: format!("its list of referrers is not understood: {error}"),
            })?,
            Err(ClientError::NotFound { .. }) => Index::default(),
            Err(error) => return Err(error),
        };
        if index.manifests.iter().any(|known| known.digest == referrer.digest) {
            return Ok(());
        }
        index.manifests.push(referrer.clone());
        index.schema_version = 2;
        media_type::INDEX.clone_into(&mut index.media_type);
        let bytes = serde_json::to_vec(&index).map_err(std::io::Error::from)?;
        self.put(&list, media_type::INDEX, &bytes).await.map(|_| ())
    }
}
