//! The socket service ("ssh" in BuildKit's words): connects an exec to a unix socket of this machine.

use super::{ReplyStream, SessionState};
use bollard_buildkit_proto::moby::sshforward::v1::{
    BytesMessage, CheckAgentRequest, CheckAgentResponse, ssh_server::Ssh,
};
use futures::StreamExt;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio_util::io::ReaderStream;
use tonic::{Request, Response, Status, Streaming};

/// What BuildKit names a socket for which the graph gives no id.
const DEFAULT_ID: &str = "default";
const ID_KEY: &str = "buildkit.ssh.id";
const CHUNK: usize = 32 << 10;

/// Where a socket leads.
#[derive(Clone, Debug)]
pub(crate) enum SocketTarget {
    /// A unix socket of this machine.
    Unix(PathBuf),
    /// A port of a machine that this process can reach.
    Tcp(String, u16),
}

type Reader = Box<dyn AsyncRead + Send + Unpin>;
type Writer = Box<dyn AsyncWrite + Send + Unpin>;

impl SocketTarget {
    async fn connect(&self) -> Result<(Reader, Writer), Status> {
        match self {
            Self::Unix(path) => match UnixStream::connect(path).await {
                Ok(connection) => {
                    let (reader, writer) = connection.into_split();
                    Ok((Box::new(reader), Box::new(writer)))
                }
                Err(e) => {
                    let message = format!("cannot connect to the socket {}: {e}", path.display());
                    Err(Status::unavailable(message))
                }
            },
            Self::Tcp(host, port) => match TcpStream::connect((host.as_str(), *port)).await {
                Ok(connection) => {
                    connection.set_nodelay(true).ok();
                    let (reader, writer) = connection.into_split();
                    Ok((Box::new(reader), Box::new(writer)))
                }
                Err(e) => Err(Status::unavailable(format!("cannot connect to {host}:{port}: {e}"))),
            },
        }
    }
}

/// Looks sockets up by the id that the build graph names.
pub(super) struct SocketService(pub(super) Arc<SessionState>);

impl SocketService {
    fn target(&self, id: &str) -> Result<SocketTarget, Status> {
        let id = if id.is_empty() { DEFAULT_ID } else { id };
        self.0
            .socket(id)
            .ok_or_else(|| Status::not_found(format!("this client has no socket {id}")))
    }
}

#[tonic::async_trait]
impl Ssh for SocketService {
    type ForwardAgentStream = ReplyStream<BytesMessage>;

    async fn check_agent(&self, request: Request<CheckAgentRequest>) -> Result<Response<CheckAgentResponse>, Status> {
        self.target(&request.into_inner().id)?;
        Ok(Response::new(CheckAgentResponse {}))
    }

    async fn forward_agent(
        &self,
        request: Request<Streaming<BytesMessage>>,
    ) -> Result<Response<Self::ForwardAgentStream>, Status> {
        let id = request
            .metadata()
            .get(ID_KEY)
            .and_then(|id| id.to_str().ok())
            .unwrap_or_default();
        let (reader, mut writer) = self.target(id)?.connect().await?;
        let mut incoming = request.into_inner();
        tokio::spawn(async move {
            while let Some(Ok(message)) = incoming.next().await {
                if writer.write_all(&message.data).await.is_err() {
                    return;
                }
            }
            // The other direction may go on; a socket that is gone already needs no shutdown.
            writer.shutdown().await.ok();
        });
        let outgoing = ReaderStream::with_capacity(reader, CHUNK).map(|chunk| {
            chunk
                .map(|bytes| BytesMessage { data: bytes.to_vec() })
                .map_err(|e| Status::unavailable(e.to_string()))
        });
        Ok(Response::new(Box::pin(outgoing)))
    }
}
