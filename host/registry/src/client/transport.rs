//! Connections: HTTP to registries on this machine, HTTPS with the system's certificates to all others.

use super::body::Body;
use super::proxy::{Connector, Proxies};
use http::{Request, Response, Uri};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::sync::OnceLock;
use std::time::Duration;

/// How long it may take to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an answer may take to begin.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(120);

/// Makes connections and keeps them.
pub(super) struct Transport {
    proxies: Proxies,
    plain: OnceLock<Client<HttpConnector, Body>>,
    /// Made apart, because reading the system's certificates takes longer than asking a local registry.
    encrypted: OnceLock<Client<HttpsConnector<Connector>, Body>>,
}

impl Transport {
    pub(super) fn new(proxies: Proxies) -> Transport {
        Transport {
            proxies,
            plain: OnceLock::new(),
            encrypted: OnceLock::new(),
        }
    }

    /// Sends one request. The error is a text for the user.
    pub(super) async fn send(&self, request: Request<Body>) -> Result<Response<Incoming>, String> {
        let encrypted = request.uri().scheme_str() == Some("https");
        let sending = async {
            if encrypted {
                self.encrypted()?.request(request).await.map_err(|error| chain(&error))
            } else {
                self.plain().request(request).await.map_err(|error| chain(&error))
            }
        };
        tokio::time::timeout(ANSWER_TIMEOUT, sending)
            .await
            .map_err(|_| format!("no answer within {} seconds", ANSWER_TIMEOUT.as_secs()))?
    }

    fn plain(&self) -> &Client<HttpConnector, Body> {
        self.plain
            .get_or_init(|| Client::builder(TokioExecutor::new()).build(connector()))
    }

    fn encrypted(&self) -> Result<&Client<HttpsConnector<Connector>, Body>, String> {
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
pub(super) fn chain(error: &dyn std::error::Error) -> String {
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

/// Where a redirection or an upload's location leads, seen from the request's address.
pub(super) fn join(base: &Uri, location: &str) -> Option<Uri> {
    if location.starts_with("http://") || location.starts_with("https://") {
        return location.parse().ok();
    }
    let (scheme, authority) = (base.scheme_str()?, base.authority()?);
    if let Some(rest) = location.strip_prefix("//") {
        return format!("{scheme}://{rest}").parse().ok();
    }
    let path = if location.starts_with('/') {
        location.to_owned()
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{location}")
    };
    format!("{scheme}://{authority}{path}").parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn locations_are_joined() {
        let base: Uri = "https://r.example:444/v2/a/blobs/uploads/?x=1".parse().unwrap();
        let joined = |location| join(&base, location).unwrap().to_string();
        assert_eq!(joined("/v2/x?y=1"), "https://r.example:444/v2/x?y=1");
        assert_eq!(joined("u1?s=2"), "https://r.example:444/v2/a/blobs/uploads/u1?s=2");
        assert_eq!(joined("//cdn.example/z"), "https://cdn.example/z");
        assert_eq!(joined("http://cdn.example/z"), "http://cdn.example/z");
    }
}
