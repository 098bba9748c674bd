//! Manifests: what a tag leads to, reading one, writing one.

use super::Client;
use super::body::{Payload, collect};
use super::call::Call;
use super::error::ClientError;
use crate::digest::Digest;
use crate::format::media_type;
use crate::reference::Reference;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};

/// Everything that may stand where a module is expected: others are told from modules by what they are.
const ACCEPTED: &str = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, \
     application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";

const SUBJECT_HEADER: HeaderName = HeaderName::from_static("oci-subject");
const DIGEST_HEADER: HeaderName = HeaderName::from_static("docker-content-digest");

/// A manifest as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    pub(crate) digest: Digest,
    pub(crate) bytes: Vec<u8>,
}

impl Client {
    /// The digest of what the reference's tag leads to. None when the registry does not tell it without the manifest itself.
    pub(crate) async fn manifest_digest(&self, reference: &Reference) -> Result<Option<Digest>, ClientError> {
        let response = self.send(&manifest_call(reference, Method::HEAD)).await?;
        let value = response.headers().get(DIGEST_HEADER);
        Ok(value.and_then(|value| value.to_str().ok()?.parse().ok()))
    }

    /// The manifest, which has at most `limit` bytes. With a digest in the reference, it is that one.
    pub(crate) async fn manifest(&self, reference: &Reference, limit: u64) -> Result<Fetched, ClientError> {
        let call = manifest_call(reference, Method::GET);
        let mut tries = self.retry.start();
        let bytes = loop {
            let result = async { collect(call.host(), self.send_once(&call).await?, limit).await };
            match result.await {
                Ok(bytes) => break bytes,
                Err(error) => tries.after(error).await?,
            }
        };
        let digest = Digest::of(&bytes);
        match reference.digest() {
            Some(expected) if expected != digest => Err(ClientError::Digest {
                host: reference.host().to_owned(),
                what: "the manifest".to_owned(),
                expected,
                found: digest,
            }),
            _ => Ok(Fetched { digest, bytes }),
        }
    }

    /// Writes a manifest under the reference's tag, or its digest.
    pub(crate) async fn put_manifest(&self, reference: &Reference, bytes: &[u8]) -> Result<(), ClientError> {
        self.put(reference, media_type::MANIFEST, bytes).await.map(|_| ())
    }

    /// Writes a manifest or an index; tells whether the registry lists it by itself among what refers to its subject.
    pub(super) async fn put(
        &self,
        reference: &Reference,
        media_type: &'static str,
        bytes: &[u8],
    ) -> Result<bool, ClientError> {
        let call = manifest_call(reference, Method::PUT)
            .with_header(header::CONTENT_TYPE, HeaderValue::from_static(media_type))
            .with_payload(Payload::Bytes(Bytes::copy_from_slice(bytes)));
        let response = self.send(&call).await?;
        let told = response.headers().get(DIGEST_HEADER);
        let told: Option<Digest> = told.and_then(|value| value.to_str().ok()?.parse().ok());
        match told {
            Some(found) if found != Digest::of(bytes) => Err(ClientError::Digest {
                host: reference.host().to_owned(),
                what: "the manifest that was written".to_owned(),
                expected: Digest::of(bytes),
                found,
            }),
            _ => Ok(response.headers().contains_key(SUBJECT_HEADER)),
        }
    }
}

fn manifest_call(reference: &Reference, method: Method) -> Call<'_> {
    let name = match (reference.digest(), reference.tag()) {
        (Some(digest), _) => digest.to_string(),
        (None, tag) => tag.unwrap_or_default().to_owned(),
    };
    let separator = if reference.digest().is_some() { '@' } else { ':' };
    let what = format!("{}{separator}{name}", reference.repository());
    Call::new(reference, method, format!("manifests/{name}"), what)
        .with_header(header::ACCEPT, HeaderValue::from_static(ACCEPTED))
}
