//! What refers to an artifact: signatures, provenance. Only listed here; nothing is made of it.

use super::Client;
use super::body::collect;
use super::call::Call;
use super::error::ClientError;
use crate::digest::Digest;
use crate::format::{Descriptor, media_type};
use crate::reference::Reference;
use http::{HeaderValue, Method, header};
use serde::Deserialize;

const LIST_LIMIT: u64 = 4 << 20;

#[derive(Deserialize)]
struct Index {
    #[serde(default)]
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
}
