//! Connections to a BuildKit daemon: a unix socket, TCP, or `buildctl dial-stdio` in a container.
//!
//! Dials and nothing else; `provision` starts engines, `gateway` and `session` speak over the channel.

use crate::Address;
use bollard::Docker;
use bollard::container::LogOutput;
use bollard::exec::{CreateExecOptions, StartExecOptions, StartExecResults};
use bollard_buildkit_proto::moby::buildkit::v1::control_client::ControlClient;
use futures::StreamExt;
use hyper_util::rt::TokioIo;
use std::io;
use std::path::Path;
use std::time::Duration;
use tokio::net::{TcpStream, UnixStream};
use tonic::transport::{Channel, Endpoint};

/// Largest message either way: 64 MiB. BuildKit itself answers with at most 16 MiB of a file.
pub(crate) const MAX_MESSAGE: usize = 64 << 20;
/// Flow control windows for uploads.
pub(crate) const STREAM_WINDOW: u32 = 8 << 20;
pub(crate) const CONNECTION_WINDOW: u32 = 32 << 20;
const DIAL_TIMEOUT: Duration = Duration::from_secs(20);

/// The engine's control service over a channel.
pub(crate) fn control(channel: &Channel) -> ControlClient<Channel> {
    ControlClient::new(channel.clone())
        .max_decoding_message_size(MAX_MESSAGE)
        .max_encoding_message_size(MAX_MESSAGE)
}

/// Dials an address as it is, without starting anything.
pub(crate) async fn dial(address: &Address) -> Result<Channel, String> {
    match address {
        Address::Unix(path) => unix(path).await,
        Address::Tcp(authority) => tcp(authority).await,
        Address::DockerContainer(name) => {
            let docker = Docker::connect_with_defaults().map_err(|e| e.to_string())?;
            let docker = docker.negotiate_version().await.map_err(|e| e.to_string())?;
            in_container(&docker, name).await
        }
    }
}

pub(crate) async fn unix(path: &Path) -> Result<Channel, String> {
    let path = path.to_owned();
    let connector = tower::service_fn(move |_| {
        let path = path.clone();
        async move { Ok::<_, io::Error>(TokioIo::new(UnixStream::connect(path).await?)) }
    });
    endpoint()
        .connect_with_connector(connector)
        .await
        .map_err(|e| with_causes(&e))
}

async fn tcp(authority: &str) -> Result<Channel, String> {
    let authority = authority.to_owned();
    let connector = tower::service_fn(move |_| {
        let authority = authority.clone();
        async move {
            let stream = TcpStream::connect(authority).await?;
            stream.set_nodelay(true)?;
            Ok::<_, io::Error>(TokioIo::new(stream))
        }
    });
    endpoint()
        .connect_with_connector(connector)
        .await
        .map_err(|e| with_causes(&e))
}

/// Through the Docker daemon, which may be on another machine. One connection: it cannot be dialled again.
pub(crate) async fn in_container(docker: &Docker, container: &str) -> Result<Channel, String> {
    let create = CreateExecOptions {
        attach_stdin: Some(true),
        attach_stdout: Some(true),
        attach_stderr: Some(true),
        cmd: Some(vec!["buildctl", "dial-stdio"]),
        ..CreateExecOptions::default()
    };
    let exec = docker.create_exec(container, create).await.map_err(|e| e.to_string())?;
    let start = StartExecOptions {
        output_capacity: Some(1 << 20),
        ..StartExecOptions::default()
    };
    let started = docker
        .start_exec(&exec.id, Some(start))
        .await
        .map_err(|e| e.to_string())?;
    let StartExecResults::Attached { output, input } = started else {
        return Err("Docker did not attach to `buildctl dial-stdio`".to_owned());
    };
    let output = output.map(|part| match part {
        Ok(LogOutput::StdErr { message }) => Err(io::Error::other(format!(
            "buildctl dial-stdio: {}",
            String::from_utf8_lossy(&message).trim()
        ))),
        Ok(other) => Ok(other.into_bytes()),
        Err(e) => Err(io::Error::other(e)),
    });
    let reader = tokio_util::io::StreamReader::new(Box::pin(output));
    let mut connection = Some(TokioIo::new(tokio::io::join(reader, input)));
    let connector = tower::service_fn(move |_| {
        let connection = connection.take();
        async move { connection.ok_or_else(|| io::Error::other("the connection through Docker is closed")) }
    });
    endpoint()
        .connect_with_connector(connector)
        .await
        .map_err(|e| with_causes(&e))
}

fn endpoint() -> Endpoint {
    Endpoint::from_static("http://localhost")
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .http2_adaptive_window(false)
        .connect_timeout(DIAL_TIMEOUT)
}

/// The error with what is behind it, once each.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let message = error.to_string();
        if !text.contains(&message) {
            text = format!("{text}: {message}");
        }
        cause = error.source();
    }
    text
}
