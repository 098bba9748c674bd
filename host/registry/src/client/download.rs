//! Blobs from a registry: streamed to a file, digested on the way, continued where a connection was cut.

use super::Client;
use super::body::next;
use super::call::Call;
use super::error::ClientError;
use crate::format::Descriptor;
use crate::reference::Reference;
use crate::store::StagedBlob;
use http::{HeaderValue, Method, Response, StatusCode, header};
use hyper::body::Incoming;

impl Client {
    /// Fetches a blob of exactly the described size. Whether it is the described content, the one who keeps it finds out.
    pub(crate) async fn blob(
        &self,
        reference: &Reference,
        blob: &Descriptor,
        staged: &mut StagedBlob,
    ) -> Result<(), ClientError> {
        let mut tries = self.retry.start();
        loop {
            let before = staged.written();
            let Err(error) = self.blob_once(reference, blob, staged).await else {
                return Ok(());
            };
            if staged.written() > before {
                tries.progressed();
            }
            tries.after(error).await?;
        }
    }

    async fn blob_once(
        &self,
        reference: &Reference,
        blob: &Descriptor,
        staged: &mut StagedBlob,
    ) -> Result<(), ClientError> {
        let what = format!("layer {} in {}", blob.digest, reference.repository());
        let mut call = Call::new(reference, Method::GET, format!("blobs/{}", blob.digest), what);
        if staged.written() > 0 {
            let range = HeaderValue::try_from(format!("bytes={}-", staged.written()));
            call.headers.extend(range.ok().map(|range| (header::RANGE, range)));
        }
        let response = match self.send_once(&call).await {
            Err(ClientError::Refused { status: 416, .. }) => {
                staged.restart()?;
                call.headers.clear();
                self.send_once(&call).await?
            }
            answered => answered?,
        };
        if staged.written() > 0 && !continues(&response, staged.written()) {
            staged.restart()?;
        }
        let mut body = response.into_body();
        loop {
            let cut = |message: String| ClientError::Cut {
                host: reference.host().to_owned(),
                received: staged.written(),
                size: blob.size,
                message,
            };
            let Some(piece) = next(&mut body).await.map_err(cut)? else {
                break;
            };
            if staged.written() + piece.len() as u64 > blob.size {
                return Err(ClientError::Protocol {
                    host: reference.host().to_owned(),
                    message: format!(
                        "the layer {} has more than the {} bytes it should have",
                        blob.digest, blob.size
                    ),
                });
            }
            staged.write(&piece)?;
        }
        if staged.written() < blob.size {
            return Err(ClientError::Cut {
                host: reference.host().to_owned(),
                received: staged.written(),
                size: blob.size,
                message: "the connection was closed".to_owned(),
            });
        }
        Ok(())
    }
}

/// Whether an answer goes on after that many bytes.
fn continues(response: &Response<Incoming>, after: u64) -> bool {
    let range = response.headers().get(header::CONTENT_RANGE);
    response.status() == StatusCode::PARTIAL_CONTENT
        && range
            .and_then(|value| value.to_str().ok())
            .is_some_and(|text| text.starts_with(&format!("bytes {after}-")))
}
