//! Clients that keep their connections, made when they are first needed.

use crate::proxies::Proxies;
use crate::tunnel::Connector;
use http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::error::Error;
use std::sync::OnceLock;
use std::time::Duration;

/// How long it may take to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Makes connections and keeps them.
pub struct Connections<B> {
    proxies: Proxies,
    plain: OnceLock<Client<HttpConnector, B>>,
    /// Made apart, because reading the system's certificates takes longer than asking a server on this machine.
    encrypted: OnceLock<Client<HttpsConnector<Connector>, B>>,
}

impl<B> Connections<B>
where
    B: Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    /// None yet. Encrypted ones will lead through the proxy.
    pub fn new(proxies: Proxies) -> Self {
        Self {
            proxies,
            plain: OnceLock::new(),
            encrypted: OnceLock::new(),
        }
    }

    /// Sends one request to where its address says, and gives the answer as soon as it begins. Redirections are not followed.
    ///
    /// # Errors
    /// A text for the user, without the address: there is no connection, the certificate is not trusted, the proxy refuses.
    pub async fn send(&self, request: Request<B>) -> Result<Response<Incoming>, String> {
        if request.uri().scheme_str() == Some("https") {
            self.encrypted()?.request(request).await.map_err(|error| causes(&error))
        } else {
            self.plain().request(request).await.map_err(|error| causes(&error))
        }
    }

    fn plain(&self) -> &Client<HttpConnector, B> {
        self.plain
            .get_or_init(|| Client::builder(TokioExecutor::new()).build(connector()))
    }

    fn encrypted(&self) -> Result<&Client<HttpsConnector<Connector>, B>, String> {
        if let Some(client) = self.encrypted.get() {
            return Ok(client);
        }
        let connections = Connector::new(connector(), self.proxies.clone());
        let tls = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| format!("the system's certificates cannot be read: {error}"))?
            .https_only()
            .enable_http1()
            .wrap_connector(connections);
        Ok(self
            .encrypted
            .get_or_init(|| Client::builder(TokioExecutor::new()).build(tls)))
    }
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
    connector.set_nodelay(true);
    connector
}

/// An error with its causes: the outermost alone says little ("client error (Connect)").
pub fn causes(error: &dyn Error) -> String {
    let mut parts = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        parts.push(cause.to_string());
        source = cause.source();
    }
    if parts.is_empty() {
        parts.push(error.to_string());
    }
    parts.dedup();
    parts.join(": ")
}
