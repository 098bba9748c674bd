//! Bodies of requests and answers.

use super::error::ClientError;
use bytes::Bytes;
use futures::TryStreamExt;
use http::Response;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use std::path::PathBuf;
use std::time::Duration;

/// The body of a request.
pub(super) type Body = UnsyncBoxBody<Bytes, std::io::Error>;

/// How long nothing may come while a body is received.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How much of an error's text is read.
const ERROR_LIMIT: usize = 64 << 10;

/// What a request carries, so that it can be sent again.
#[derive(Clone, Debug, Default)]
pub(super) enum Payload {
    /// Nothing.
    #[default]
    Empty,
    /// These bytes.
    Bytes(Bytes),
    /// A file of that size.
    File(PathBuf, u64),
}

impl Payload {
    pub(super) fn size(&self) -> u64 {
        match self {
            Payload::Empty => 0,
            Payload::Bytes(bytes) => bytes.len() as u64,
            Payload::File(_, size) => *size,
        }
    }

    pub(super) async fn body(&self) -> std::io::Result<Body> {
        Ok(match self {
            Payload::Empty => Empty::new().map_err(|never| match never {}).boxed_unsync(),
            Payload::Bytes(bytes) => Full::new(bytes.clone()).map_err(|never| match never {}).boxed_unsync(),
            Payload::File(path, _) => {
                let file = tokio::fs::File::from_std(fs_err::File::open(path)?.into_file());
                let chunks = tokio_util::io::ReaderStream::with_capacity(file, 256 << 10);
                StreamBody::new(chunks.map_ok(Frame::data)).boxed_unsync()
            }
        })
    }
}

/// The next piece of an answer; none at its end. The error is a text for the user.
pub(super) async fn next(body: &mut Incoming) -> Result<Option<Bytes>, String> {
    loop {
        let frame = tokio::time::timeout(IDLE_TIMEOUT, body.frame())
            .await
            .map_err(|_| format!("nothing came for {} seconds", IDLE_TIMEOUT.as_secs()))?;
        match frame {
            None => return Ok(None),
            Some(Err(error)) => return Err(error.to_string()),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

/// All of an answer, which may have at most `limit` bytes.
pub(super) async fn collect(host: &str, response: Response<Incoming>, limit: u64) -> Result<Vec<u8>, ClientError> {
    let mut body = response.into_body();
    let mut bytes = Vec::new();
    loop {
        let piece = next(&mut body).await.map_err(|message| ClientError::Cut {
            host: host.to_owned(),
            received: bytes.len() as u64,
            size: limit,
            message,
        })?;
        let Some(piece) = piece else { return Ok(bytes) };
        if bytes.len() as u64 + piece.len() as u64 > limit {
            return Err(ClientError::Protocol {
                host: host.to_owned(),
                message: format!("an answer has more than {limit} bytes"),
            });
        }
        bytes.extend_from_slice(&piece);
    }
}

/// What an answer that is an error says, in the form of the distribution specification or any other.
pub(super) async fn error_text(response: Response<Incoming>) -> String {
    let status = response.status();
    let mut body = response.into_body();
    let mut bytes = Vec::new();
    while bytes.len() < ERROR_LIMIT
        && let Ok(Some(piece)) = next(&mut body).await
    {
        bytes.extend_from_slice(&piece);
    }
    let parsed: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    let errors = parsed.as_ref().and_then(|value| value.get("errors")?.as_array());
    let texts: Vec<String> = errors
        .into_iter()
        .flatten()
        .filter_map(|error| {
            let text = |name| {
                error
                    .get(name)
                    .and_then(serde_json::Value::as_str)
                    .filter(|text| !text.is_empty())
            };
            text("message").or_else(|| text("code")).map(printable)
        })
        .collect();
    if texts.is_empty() {
        status.canonical_reason().unwrap_or("no reason given").to_owned()
    } else {
        texts.join("; ")
    }
}

/// A registry's text without what could steer a terminal, and not endless.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(500).collect()
}
