//! The service that takes exports: `moby.filesync.v1.FileSend`, written by hand because its one method has two message types.

use super::destination::{Destination, Target};
use super::directory::DirectoryWriter;
use super::raw_codec::RawCodec;
use super::tree::TreeReader;
use crate::ExportError;
use crate::session::ReplyStream;
use crate::transport::MAX_MESSAGE;
use bollard_buildkit_proto::fsutil::types::Packet;
use bollard_buildkit_proto::moby::filesync::v1::BytesMessage;
use bytes::Bytes;
use futures::StreamExt;
use prost::Message;
use std::convert::Infallible;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::server::{Grpc, NamedService, StreamingService};
use tonic::{Request, Response, Status, Streaming};

/// Takes exports for the destination; without one it refuses them.
#[derive(Clone)]
pub(crate) struct DownloadService(pub(crate) Option<Arc<Destination>>);

impl NamedService for DownloadService {
    const NAME: &'static str = "moby.filesync.v1.FileSend";
}

impl tower::Service<http::Request<tonic::body::Body>> for DownloadService {
    type Response = http::Response<tonic::body::Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<tonic::body::Body>) -> Self::Future {
        let method = DiffCopy(self.0.clone());
        Box::pin(async move {
            Ok(Grpc::new(RawCodec)
                .max_decoding_message_size(MAX_MESSAGE)
                .streaming(method, request)
                .await)
        })
    }
}

struct DiffCopy(Option<Arc<Destination>>);

impl StreamingService<Bytes> for DiffCopy {
    type Response = Bytes;
    type ResponseStream = ReplyStream<Bytes>;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Self::ResponseStream>, Status>> + Send>>;

    fn call(&mut self, request: Request<Streaming<Bytes>>) -> Self::Future {
        let destination = self.0.clone();
        Box::pin(async move {
            let destination = destination.ok_or_else(|| Status::not_found("this session takes no export"))?;
            let messages = request.into_inner();
            let replies: ReplyStream<Bytes> = match &destination.target {
                Target::File(_) => {
                    take_file(&destination, messages).await?;
                    Box::pin(futures::stream::empty())
                }
                Target::Directory { path, wipe } => {
                    let (path, wipe) = (path.clone(), *wipe);
                    Box::pin(take_packets(destination, messages, move |packets, reply| {
                        let mut writer = DirectoryWriter::open(&path)?;
                        while let Some(packet) = packets.blocking_recv() {
                            if writer.take(packet, reply)? {
                                return writer.finish(wipe);
                            }
                        }
                        Err(broken_off(&path))
                    }))
                }
                Target::Reader(sink) => {
                    let mut reader = TreeReader::new(Arc::clone(&sink.0));
                    Box::pin(take_packets(destination, messages, move |packets, reply| {
                        while let Some(packet) = packets.blocking_recv() {
                            if reader.take(packet, reply)? {
                                return Ok(());
                            }
                        }
                        Err(broken_off(Path::new("/")))
                    }))
                }
            };
            Ok(Response::new(replies))
        })
    }
}

async fn take_file(destination: &Destination, mut messages: Streaming<Bytes>) -> Result<(), Status> {
    let Some(part) = destination.part_file() else {
        return Ok(());
    };
    let write_error = |e: std::io::Error| {
        destination.fail(ExportError::Write {
            path: part.destination().to_owned(),
            message: e.to_string(),
        })
    };
    let file = tokio::fs::File::create(part.path()).await.map_err(write_error)?;
    let mut file = tokio::io::BufWriter::with_capacity(1 << 20, file);
    while let Some(message) = messages.next().await {
        let message = BytesMessage::decode(message?).map_err(|e| Status::invalid_argument(e.to_string()))?;
        file.write_all(&message.data).await.map_err(write_error)?;
    }
    file.flush().await.map_err(write_error)?;
    destination.succeed();
    Ok(())
}

fn broken_off(path: &Path) -> ExportError {
    ExportError::Write {
        path: path.to_owned(),
        message: "the engine broke the export off".to_owned(),
    }
}

/// Packets go to a thread that may block on the disk; its replies are the stream.
fn take_packets(
    destination: Arc<Destination>,
    mut messages: Streaming<Bytes>,
    work: impl FnOnce(&mut mpsc::Receiver<Packet>, &dyn Fn(Packet) -> bool) -> Result<(), ExportError> + Send + 'static,
) -> ReceiverStream<Result<Bytes, Status>> {
    let (packets, mut incoming) = mpsc::channel::<Packet>(64);
    let (replies, outgoing) = mpsc::channel(64);
    let failed = replies.clone();
    tokio::spawn(async move {
        while let Some(message) = messages.next().await {
            match message.and_then(|bytes| Packet::decode(bytes).map_err(|e| Status::invalid_argument(e.to_string()))) {
                Ok(packet) => {
                    if packets.send(packet).await.is_err() {
                        return;
                    }
                }
                Err(status) => {
                    failed.send(Err(status)).await.ok();
                    return;
                }
            }
        }
    });
    tokio::task::spawn_blocking(move || {
        let reply = |packet: Packet| replies.blocking_send(Ok(packet.encode_to_vec().into())).is_ok();
        match work(&mut incoming, &reply) {
            Ok(()) => destination.succeed(),
            Err(error) => {
                replies.blocking_send(Err(destination.fail(error))).ok();
            }
        }
    });
    ReceiverStream::new(outgoing)
}
