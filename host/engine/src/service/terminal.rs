//! Commands on a terminal: what somebody types goes in as it is, what the command draws comes out as it is.

use super::container::Container;
use super::hosts::hosts_mount;
use super::process::{Process, Sink};
use super::registry::Hold;
use super::running::Running;
use crate::llb::ExecSpec;
use crate::{Engine, Platform, ServiceError};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Pieces of output that may wait.
const BACKLOG: usize = 16;

/// A command that has a terminal. Dropping it ends the container that was made for it; a service goes on.
#[derive(Debug)]
pub struct Terminal {
    process: Process,
    output: mpsc::Receiver<Vec<u8>>,
    /// A container of its own; none in a service.
    _container: Option<Container>,
    /// The service whose container it is in.
    _running: Option<Arc<Running>>,
    _needs: Hold,
}

impl Terminal {
    /// What the command draws next; none when it has ended.
    pub async fn read(&mut self) -> Option<Vec<u8>> {
        self.output.recv().await
    }

    /// Where to type and to tell of another size.
    pub fn keyboard(&self) -> Keyboard {
        Keyboard(self.process.clone())
    }

    /// Resolves when the command has ended; its exit code.
    pub async fn ended(&self) -> i32 {
        self.process.ended().await.exit_code
    }
}

/// What goes into a terminal.
#[derive(Clone, Debug)]
pub struct Keyboard(Process);

impl Keyboard {
    /// Types. False when the command has ended.
    pub async fn write(&self, data: Vec<u8>) -> bool {
        data.is_empty() || (self.0.end().is_none() && self.0.write(data).await)
    }

    /// Tells how large the terminal is, in characters.
    pub async fn resize(&self, rows: u16, columns: u16) {
        self.0.resize(rows, columns).await;
    }
}

impl Engine {
    /// Runs a command on a terminal in a container of its own. What it changes is not kept.
    ///
    /// # Errors
    /// What the container consists of cannot be made, or the command cannot be started.
    pub async fn open_terminal(&self, exec: &ExecSpec, platform: &Platform) -> Result<Terminal, ServiceError> {
        let needs = self
            .inner
            .hold_services(exec.services.iter().map(|(_, key)| key.as_str()));
        let mut mounts = exec.mounts.clone();
        if !exec.services.is_empty() {
            mounts.push(hosts_mount(&exec.services, &exec.hostname));
        }
        let container = Container::new(&self.inner, &exec.root, &mounts, &exec.hostname, platform).await?;
        let (process, output) = start(&container, exec).await?;
        Ok(Terminal {
            process,
            output,
            _container: Some(container),
            _running: None,
            _needs: needs,
        })
    }

    /// Runs a command on a terminal in the container of a service, which is started if it does not run. Of `exec` only the command counts, its
    /// environment, directory and user.
    ///
    /// # Errors
    /// The service does not start or has no such command.
    pub async fn open_terminal_in_service(&self, key: &str, exec: &ExecSpec) -> Result<Terminal, ServiceError> {
        let needs = self.inner.hold_services([key]);
        let running = self.inner.running(key).await?;
        let (process, output) = start(&running.container, exec).await?;
        Ok(Terminal {
            process,
            output,
            _container: None,
            _running: Some(running),
            _needs: needs,
        })
    }
}

async fn start(container: &Container, exec: &ExecSpec) -> Result<(Process, mpsc::Receiver<Vec<u8>>), ServiceError> {
    let (sender, output) = mpsc::channel(BACKLOG);
    let process = container
        .on_terminal(exec.meta(), exec.secret_env_proto(), exec.insecure, Sink::Pipe(sender))
        .await
        .map_err(|status| ServiceError::Refused {
            name: exec.args.first().cloned().unwrap_or_default(),
            message: status.message().to_owned(),
        })?;
    Ok((process, output))
}
