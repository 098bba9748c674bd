//! Blobs to a registry: asked for first, then sent whole.

use super::Client;
use super::body::Payload;
use super::call::Call;
use super::error::ClientError;
use crate::format::Descriptor;
use crate::reference::Reference;
use dockwright_http::join;
use http::{HeaderValue, Method, header};
use std::path::Path;

impl Client {
    /// Writes a blob unless it is there already; tells whether it was written.
    pub(crate) async fn put_blob(
        &self,
        reference: &Reference,
        blob: &Descriptor,
        file: &Path,
    ) -> Result<bool, ClientError> {
        if self.has_blob(reference, blob).await? {
            return Ok(false);
        }
        // An upload that failed half way is begun again: its location may be gone.
        let mut tries = self.retry.start();
        loop {
            match self.put_blob_once(reference, blob, file).await {
                Ok(()) => return Ok(true),
                Err(error) => tries.after(error).await?,
            }
        }
    }

    async fn has_blob(&self, reference: &Reference, blob: &Descriptor) -> Result<bool, ClientError> {
        let call = Call::new(reference, Method::HEAD, format!("blobs/{}", blob.digest), "the layer").for_push();
        match self.send(&call).await {
            Ok(_) => Ok(true),
            Err(ClientError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn put_blob_once(&self, reference: &Reference, blob: &Descriptor, file: &Path) -> Result<(), ClientError> {
        let protocol = |message: &str| ClientError::Protocol {
            host: reference.host().to_owned(),
            message: message.to_owned(),
        };
        let begin = Call::new(reference, Method::POST, "blobs/uploads/", reference.repository());
        let begin_at = begin.uri().ok_or_else(|| protocol("its address makes no sense"))?;
        let response = self.send_once(&begin).await?;
        let location = response
            .headers()
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok());
        let location = location.ok_or_else(|| protocol("it does not say where to upload to"))?;
        let separator = if location.contains('?') { '&' } else { '?' };
        let target = format!("{location}{separator}digest=sha256%3A{}", blob.digest.hex());
        let target = join(&begin_at, &target).ok_or_else(|| protocol("it does not say where to upload to"))?;
        let target = self.no_worse(&begin, &begin_at, target)?;
        let put = Call::new(reference, Method::PUT, "", "the upload that was begun")
            .at(target)
            .with_header(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/octet-stream"),
            )
            .with_payload(Payload::File(file.to_owned(), blob.size));
        self.send_once(&put).await?;
        Ok(())
    }
}
