//! The client of registries: the OCI distribution specification 1.1 over hyper. It knows blobs and manifests as bytes; what they mean is in
//! `format`, where they are kept in `store`.
//!
//! Written here rather than taken from a library because downloads go on where they were cut, and because TLS shall be the one that the rest of
//! the host has.

mod auth;
mod body;
mod call;
mod credentials;
mod download;
mod error;
mod manifests;
mod referrers;
mod retry;
mod send;
mod transport;
mod upload;

pub use credentials::{Anonymous, CredentialSource, Credentials};
pub use error::ClientError;
pub(crate) use manifests::Fetched;
pub use retry::RetryPolicy;

use crate::registry::HostRule;
use auth::Authorization;
use dockwright_http::Proxies;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use transport::Transport;

/// Talks to registries. Connections and tokens are kept for its life.
pub(crate) struct Client {
    transport: Transport,
    credentials: Arc<dyn CredentialSource>,
    redirects: HostRule,
    retry: RetryPolicy,
    /// What to send, by host, repository and action.
    authorizations: Mutex<HashMap<String, Authorization>>,
}

impl Client {
    pub(crate) fn new(
        credentials: Arc<dyn CredentialSource>,
        proxies: Proxies,
        redirects: HostRule,
        retry: RetryPolicy,
    ) -> Client {
        Client {
            transport: Transport::new(proxies),
            credentials,
            redirects,
            retry,
            authorizations: Mutex::default(),
        }
    }
}
