//! A session behind a port.

use crate::error::CliError;
use crate::options::GlobalOptions;
use crate::session::Session;
use dockwright_server::{Server, ServerOptions, Token};
use std::net::{Ipv4Addr, SocketAddr};

/// A port that is open already, for a session that has not begun.
pub(crate) struct Serving {
    server: Server,
    token: Token,
}

impl Serving {
    /// Opens a free port.
    pub(crate) async fn open() -> Result<Serving, CliError> {
        let token = Token::random().map_err(|error| CliError::other("session::token", error.to_string()))?;
        Serving::open_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), token).await
    }

    /// Opens that port for those who have that token.
    pub(crate) async fn open_at(address: SocketAddr, token: Token) -> Result<Serving, CliError> {
        let server = Server::bind(address)
            .await
            .map_err(|error| CliError::other("session::listen", error.to_string()))?;
        Ok(Serving { server, token })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// What lets a client in.
    pub(crate) fn token(&self) -> &str {
        self.token.text()
    }

    /// Answers clients until `end` resolves.
    pub(crate) async fn serve(
        self,
        session: &Session,
        options: ServerOptions,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), CliError> {
        let options = ServerOptions {
            token: Some(self.token),
            ..options
        };
        Ok(self.server.serve(session.api()?.clone(), options, end).await?)
    }
}

/// Makes a module's functions part of the session's API.
pub(crate) async fn load(session: &Session, global: &GlobalOptions, module: Option<&str>) -> Result<(), CliError> {
    if let Some(reference) = module {
        let served = session.load(global, reference).await?;
        session.serve(served)?;
    }
    Ok(())
}
