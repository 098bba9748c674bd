//! One request, and how long its answer may take.

use super::body::Body;
use dockwright_http::{Connections, Proxies};
use http::{Request, Response};
use hyper::body::Incoming;
use std::time::Duration;

/// How long an answer may take to begin.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(120);

/// HTTP to registries on this machine, HTTPS to all others.
pub(super) struct Transport(Connections<Body>);

impl Transport {
    pub(super) fn new(proxies: Proxies) -> Transport {
        Transport(Connections::new(proxies))
    }

    /// Sends one request. The error is a text for the user.
    pub(super) async fn send(&self, request: Request<Body>) -> Result<Response<Incoming>, String> {
        tokio::time::timeout(ANSWER_TIMEOUT, self.0.send(request))
            .await
            .map_err(|_| format!("no answer within {} seconds", ANSWER_TIMEOUT.as_secs()))?
    }
}
