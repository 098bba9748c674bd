//! Ports of this machine that lead to a service.
//!
//! Each connection is carried by a process in the service's container: the way that works whatever network the engine has and wherever it is.

use super::Forward;
use super::process::{Frames, Process, Sink};
use super::registry::Hold;
use super::running::Running;
use crate::relay::PROGRAM;
use crate::{Engine, ServiceError};
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Bytes that are carried at once.
const CHUNK: usize = 32 << 10;

/// Open ports of this machine's loopback address. Dropping it closes them and cuts off their connections.
#[derive(Debug)]
pub struct Tunnel {
    ports: Vec<Forward>,
    running: Arc<Running>,
    _listeners: JoinSet<()>,
    _needs: Hold,
}

impl Tunnel {
    /// The ports that are open, with the numbers that they really have.
    pub fn ports(&self) -> &[Forward] {
        &self.ports
    }

    /// Resolves when the service has ended; its exit code.
    pub async fn ended(&self) -> i32 {
        self.running.process.ended().await.exit_code
    }
}

impl Engine {
    /// Starts the service if need be and opens ports of this machine that lead to it, on 127.0.0.1 only. A frontend of 0 is any free port.
    ///
    /// # Errors
    /// The service does not start, or a port of this machine is taken.
    pub async fn open_tunnel(&self, key: &str, ports: &[Forward]) -> Result<Tunnel, ServiceError> {
        let needs = self.inner.hold_services([key]);
        // A service that shares this machine's network has the port itself: that it is taken is seen once it runs.
        let shared = self.inner.build.shares_network();
        let (own, others): (Vec<_>, Vec<_>) = ports.iter().partition(|port| shared && port.frontend == port.backend);
        let mut opened = Vec::new();
        for port in others {
            opened.push(listen(port).await.map_err(|error| refused(port, &error))?);
        }
        let running = self.inner.running(key).await?;
        let mut reached = Vec::new();
        for port in own {
            match listen(port).await {
                Ok(listening) => opened.push(listening),
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => reached.push(*port),
                Err(error) => return Err(refused(port, &error)),
            }
        }
        let mut listeners = JoinSet::new();
        for (listener, port) in opened {
            reached.push(port);
            listeners.spawn(accept(listener, Arc::clone(&running), port.backend));
        }
        Ok(Tunnel {
            ports: reached,
            running,
            _listeners: listeners,
            _needs: needs,
        })
    }
}

/// Opens the port, and says which it is.
async fn listen(port: &Forward) -> std::io::Result<(TcpListener, Forward)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.frontend)).await?;
    let frontend = listener.local_addr()?.port();
    Ok((listener, Forward { frontend, ..*port }))
}

fn refused(port: &Forward, error: &std::io::Error) -> ServiceError {
    ServiceError::Listen {
        address: format!("127.0.0.1:{}", port.frontend),
        message: error.to_string(),
    }
}

async fn accept(listener: TcpListener, running: Arc<Running>, backend: u16) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((connection, _)) => {
                    connections.spawn(carry(connection, Arc::clone(&running), backend));
                }
                // Such as too many open files: others may end meanwhile.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn carry(connection: TcpStream, running: Arc<Running>, backend: u16) {
    let (sender, answers) = mpsc::channel(8);
    let args = [PROGRAM, "dial", &running.seen.address.to_string(), &backend.to_string()].map(str::to_owned);
    let helper = running
        .container
        .helper(args.to_vec(), true, Sink::Frames(Frames::new(sender)))
        .await;
    // Without a helper the connection is closed at once, as by a machine where nobody listens.
    let Ok(helper) = helper else { return };
    let (reader, writer) = connection.into_split();
    tokio::join!(inwards(reader, &helper), outwards(answers, writer));
}

async fn inwards(mut reader: OwnedReadHalf, helper: &Process) {
    let mut buffer = vec![0u8; CHUNK];
    while let Ok(count @ 1..) = reader.read(&mut buffer).await {
        let data = buffer.get(..count).unwrap_or_default().to_vec();
        if helper.end().is_some() || !helper.write(data).await {
            return;
        }
    }
    helper.write(Vec::new()).await;
}

async fn outwards(mut answers: mpsc::Receiver<Vec<u8>>, mut writer: OwnedWriteHalf) {
    while let Some(data) = answers.recv().await {
        if writer.write_all(&data).await.is_err() {
            return;
        }
    }
    // A client that has gone away already needs no end.
    writer.shutdown().await.ok();
}
