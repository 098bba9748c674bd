//! The file service: finds out which directory an engine wants and starts the upload.

use super::sender;
use crate::session::{ReplyStream, SessionState};
use bollard_buildkit_proto::fsutil::types::Packet;
use bollard_buildkit_proto::moby::filesync::v1::file_sync_server::FileSync;
use futures::{StreamExt, stream};
use std::sync::Arc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status, Streaming};

/// Key of the name under which the directory was registered.
const NAME: &str = "dir-name";

/// Serves registered directories and nothing else.
pub(crate) struct UploadService(pub(crate) Arc<SessionState>);

#[tonic::async_trait]
impl FileSync for UploadService {
    type DiffCopyStream = ReplyStream<Packet>;
    type TarStreamStream = ReplyStream<Packet>;

    async fn diff_copy(&self, request: Request<Streaming<Packet>>) -> Result<Response<Self::DiffCopyStream>, Status> {
        let name = header(request.metadata(), NAME);
        let directory = self
            .0
            .local(&name)
            .ok_or_else(|| Status::not_found(format!("this client has no directory {name}")))?;
        let packets = sender::send(directory, self.0.listing(&name), request.into_inner());
        Ok(Response::new(Box::pin(
            ReceiverStream::new(packets).flat_map(stream::iter),
        )))
    }

    async fn tar_stream(&self, _: Request<Streaming<Packet>>) -> Result<Response<Self::TarStreamStream>, Status> {
        Err(Status::unimplemented("only DiffCopy is served"))
    }
}

/// The header's value. BuildKit escapes values that are not plain ASCII as URLs do, and says so in a header beside.
fn header(metadata: &MetadataMap, key: &str) -> String {
    let value = metadata
        .get(key)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if metadata.contains_key(format!("{key}-encoded")) {
        unescape(value)
    } else {
        value.to_owned()
    }
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, after @ ..]) => digit(*high)
                .zip(digit(*low))
                .map(|(high, low)| (high * 16 + low, after)),
            (b'+', after) => Some((b' ', after)),
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(character: u8) -> Option<u8> {
    char::from(character)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{header, unescape};
    use tonic::metadata::MetadataMap;

    #[test]
    fn escapes_are_undone_only_when_announced() {
        let mut metadata = MetadataMap::new();
        metadata.insert("dir-name", tonic::metadata::MetadataValue::from_static("a%20b"));
        assert_eq!(header(&metadata, "dir-name"), "a%20b");
        metadata.insert("dir-name-encoded", tonic::metadata::MetadataValue::from_static("1"));
        assert_eq!(header(&metadata, "dir-name"), "a b");
        assert_eq!(header(&metadata, "other"), "");
    }

    #[test]
    fn odd_escapes_stay_as_they_are() {
        assert_eq!(unescape("%C3%A9+%"), "é %");
        assert_eq!(unescape("%zz%4"), "%zz%4");
    }
}
