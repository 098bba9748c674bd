//! One exchange of bytes with a port that the engine reaches.

use super::container::Container;
use super::process::{Frames, Sink};
use crate::llb::Output;
use crate::relay::{self, PROGRAM};
use crate::{Engine, ServiceError};
use std::net::Ipv4Addr;
use tokio::sync::mpsc;

/// Most bytes of an answer.
const LIMIT: usize = 64 << 20;

impl Engine {
    /// Connects from the engine's network to a port, sends the bytes and gives all that is answered until the other side ends the connection.
    ///
    /// # Errors
    /// Nobody listens, or the answer is larger than 64 MiB.
    pub async fn converse(&self, address: Ipv4Addr, port: u16, message: &[u8]) -> Result<Vec<u8>, ServiceError> {
        let refused = |message: String| ServiceError::Refused {
            name: format!("{address}:{port}"),
            message,
        };
        let platform = self.default_platform();
        let mount = relay::mount(platform).map_err(|error| refused(error.to_string()))?;
        let container = Container::new(&self.inner, &Output::scratch(), &[mount], "", platform).await?;
        let (sender, mut answers) = mpsc::channel(8);
        let args = [PROGRAM, "dial", &address.to_string(), &port.to_string()].map(str::to_owned);
        let process = container
            .helper(args.to_vec(), true, Sink::Frames(Frames::new(sender)))
            .await
            .map_err(|status| refused(status.message().to_owned()))?;
        process.write(message.to_vec()).await;
        let mut answer = Vec::new();
        while let Some(part) = answers.recv().await {
            answer.extend(part);
            if answer.len() > LIMIT {
                return Err(refused("the answer is too large".to_owned()));
            }
        }
        match process.ended().await.exit_code {
            0 => Ok(answer),
            _ => Err(refused("nobody answers there".to_owned())),
        }
    }
}
