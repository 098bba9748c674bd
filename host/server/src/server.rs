//! Listening, and ending with everything that was asked for.

use crate::connection::Shared;
use crate::token::Token;
use crate::{connection, cors, page};
use axum::Router;
use axum::routing::post;
use dockwright_schema::{Execute, Principal};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Requests that are larger are refused. Contents of files that clients write inline are part of requests.
pub(crate) const REQUEST_LIMIT: usize = 64 << 20;

/// How long clients have to take what was answered when the server ends.
const PARTING: Duration = Duration::from_secs(1);

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// It is reachable from other machines.
    #[error(
        "{0} is not an address of this machine alone; use 127.0.0.1 or [::1]: who reaches the port can do what you can do"
    )]
    NotLoopback(SocketAddr),
    /// The system refuses it.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
}

/// What is served, and to whom.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// Who asks, as far as the API is concerned.
    pub principal: Principal,
    /// Who has it is let in; without one, everybody on this machine is.
    pub token: Option<Token>,
    /// Whether pages of other origins may ask.
    pub any_origin: bool,
    /// Whether `/` is a page to write queries on.
    pub page: bool,
}

impl Default for ServerOptions {
    /// For clients that may do what the user may, without a token.
    fn default() -> ServerOptions {
        ServerOptions {
            principal: Principal::Client,
            token: None,
            any_origin: false,
            page: false,
        }
    }
}

/// A socket that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens on an address of the loopback interface; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address is another's, or taken.
    pub async fn bind(address: SocketAddr) -> Result<Server, BindError> {
        if !address.ip().is_loopback() {
            return Err(BindError::NotLoopback(address));
        }
        let listen = async {
            let listener = TcpListener::bind(address).await?;
            let address = listener.local_addr()?;
            Ok(Server { listener, address })
        };
        listen.await.map_err(|source| BindError::Listen { address, source })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `end` resolves. What was being worked on then is cancelled.
    ///
    /// # Errors
    /// When the socket fails.
    pub async fn serve(
        self,
        execute: Arc<dyn Execute>,
        options: ServerOptions,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let ending = CancellationToken::new();
        let pages = if options.page { page::routes() } else { Router::new() };
        let shared = Arc::new(Shared::new(execute, options, ending.clone()));
        let router = pages
            .route("/query", post(connection::query).options(cors::preflight))
            .fallback(connection::elsewhere)
            .with_state(shared);
        let ended = {
            let ending = ending.clone();
            async move {
                end.await;
                ending.cancel();
            }
        };
        let serving = axum::serve(self.listener, router).with_graceful_shutdown(ended);
        let late = async {
            ending.cancelled().await;
            tokio::time::sleep(PARTING).await;
        };
        tokio::select! {
            served = serving.into_future() => served,
            () = late => Ok(()),
        }
    }
}
