//! The open session: a gRPC server at the end of a stream that we opened.

use super::SessionState;
use super::auth::AuthService;
use super::download::{Destination, DownloadService};
use super::health::HealthService;
use super::secrets::SecretsService;
use super::socket::SocketService;
use super::upload::UploadService;
use crate::identifier;
use crate::transport::{self, MAX_MESSAGE};
use bollard_buildkit_proto::health::health_server::HealthServer;
use bollard_buildkit_proto::moby::buildkit::secrets::v1::secrets_server::SecretsServer;
use bollard_buildkit_proto::moby::buildkit::v1::BytesMessage;
use bollard_buildkit_proto::moby::filesync::v1::auth_server::AuthServer;
use bollard_buildkit_proto::moby::filesync::v1::file_sync_server::FileSyncServer;
use bollard_buildkit_proto::moby::sshforward::v1::ssh_server::SshServer;
use futures::StreamExt;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Request, Status};

/// What the server offers, as the engine wants to be told.
const METHODS: [&str; 6] = [
    "/grpc.health.v1.Health/Check",
    "/moby.buildkit.secrets.v1.Secrets/GetSecret",
    "/moby.filesync.v1.Auth/Credentials",
    "/moby.filesync.v1.FileSync/DiffCopy",
    "/moby.filesync.v1.FileSend/DiffCopy",
    "/moby.sshforward.v1.SSH/ForwardAgent",
];
const CHECK_AGENT: &str = "/moby.sshforward.v1.SSH/CheckAgent";
/// Bytes that the pipe between stream and server holds.
const PIPE: usize = 1 << 20;
const CHUNK: usize = 256 << 10;

/// An open session. Dropping it closes it: the engine then gets nothing more from us.
#[derive(Debug)]
pub(crate) struct Session {
    id: String,
    tasks: [JoinHandle<()>; 2],
}

impl Session {
    /// Opens a session that serves `state`; an export of a build that belongs to it goes to `destination`.
    pub(crate) fn open(
        channel: &Channel,
        state: &Arc<SessionState>,
        destination: Option<Arc<Destination>>,
    ) -> Result<Self, Status> {
        Self::open_as(identifier::random(), channel, state, destination)
    }

    /// Like [`Session::open`], but under a name that is not only its own.
    pub(crate) fn open_as(
        id: String,
        channel: &Channel,
        state: &Arc<SessionState>,
        destination: Option<Arc<Destination>>,
    ) -> Result<Self, Status> {
        let (server_end, stream_end) = tokio::io::duplex(PIPE);
        let (sender, receiver) = mpsc::channel::<BytesMessage>(16);
        let mut request = Request::new(tokio_stream::wrappers::ReceiverStream::new(receiver));
        let metadata = request.metadata_mut();
        let value = |text: &str| {
            text.parse()
                .map_err(|_| Status::invalid_argument("a session's name must be printable ASCII"))
        };
        metadata.insert("x-docker-expose-session-uuid", value(&id)?);
        metadata.insert("x-docker-expose-session-name", value("dockwright")?);
        metadata.insert("x-docker-expose-session-sharedkey", value(&state.client_id)?);
        for method in METHODS.into_iter().chain([CHECK_AGENT]) {
            metadata.append("x-docker-expose-session-grpc-method", value(method)?);
        }
        let server = tokio::spawn(serve(server_end, Arc::clone(state), destination));
        let channel = channel.clone();
        // The engine answers the call only after the first bytes from us, so the call itself runs beside.
        let pump = tokio::spawn(async move {
            if let Ok(response) = transport::control(&channel).session(request).await {
                pump(response.into_inner(), stream_end, sender).await;
            }
        });
        Ok(Self {
            id,
            tasks: [server, pump],
        })
    }

    /// The name by which builds and sources belong to this session.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn serve(io: DuplexStream, state: Arc<SessionState>, destination: Option<Arc<Destination>>) {
    // The one connection, and then none: the server must not take the end of the list for its own end.
    let connections = futures::stream::iter([Ok::<_, std::io::Error>(io)]).chain(futures::stream::pending());
    let files = FileSyncServer::new(UploadService(Arc::clone(&state)))
        .max_decoding_message_size(MAX_MESSAGE)
        .max_encoding_message_size(MAX_MESSAGE);
    let served = tonic::transport::Server::builder()
        .initial_stream_window_size(transport::STREAM_WINDOW)
        .initial_connection_window_size(transport::CONNECTION_WINDOW)
        .max_frame_size(1 << 20)
        .add_service(HealthServer::new(HealthService))
        .add_service(SecretsServer::new(SecretsService(Arc::clone(&state))))
        .add_service(AuthServer::new(AuthService(Arc::clone(&state))))
        .add_service(SshServer::new(SocketService(state)))
        .add_service(files)
        .add_service(DownloadService(destination))
        .serve_with_incoming(connections)
        .await;
    // An error here is the end of the stream, which whoever waits for the engine learns from the engine's own answer.
    served.ok();
}

/// Both directions on their own: neither waits for the other, else two full buffers could stop both for good.
async fn pump(mut incoming: tonic::Streaming<BytesMessage>, pipe: DuplexStream, outgoing: mpsc::Sender<BytesMessage>) {
    let (mut reader, mut writer) = tokio::io::split(pipe);
    let inwards = async {
        while let Some(Ok(message)) = incoming.next().await {
            if writer.write_all(&message.data).await.is_err() {
                return;
            }
        }
    };
    let outwards = async {
        let mut buffer = vec![0u8; CHUNK];
        while let Ok(count @ 1..) = reader.read(&mut buffer).await {
            let data = buffer.get(..count).unwrap_or_default().to_vec();
            if outgoing.send(BytesMessage { data }).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = inwards => {}
        () = outwards => {}
    }
}
