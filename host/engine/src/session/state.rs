//! What an engine may ask for, in memory only. Grows while the run goes on; dropped (and zeroed) with it.

use super::socket::SocketTarget;
use super::{DockerConfig, Listing, LocalDirectory};
use crate::SecretBytes;
use crate::engine::Inner;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

/// User name and password for a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// Empty when the secret is an identity token.
    pub(crate) user: String,
    pub(crate) secret: SecretBytes,
}

/// A table that is mostly read.
type Table<T> = RwLock<HashMap<String, T>>;

/// Everything that sessions serve.
#[derive(Debug, Default)]
pub(crate) struct SessionState {
    /// Stable key of this client, so that engines find its earlier uploads.
    pub(crate) client_id: String,
    pub(crate) docker_config: DockerConfig,
    secrets: Table<SecretBytes>,
    locals: Table<Arc<LocalDirectory>>,
    /// What was found in them when they were named, for the upload that follows.
    listings: Table<Arc<Listing>>,
    sockets: Table<SocketTarget>,
    /// The engine that is served; it owns this state.
    engine: OnceLock<Weak<Inner>>,
    credentials: Table<Credentials>,
}

impl SessionState {
    pub(crate) fn new(client_id: String, docker_config: DockerConfig) -> Self {
        Self {
            client_id,
            docker_config,
            ..Self::default()
        }
    }

    /// Names the engine that secrets are asked of which are made when they are needed. Only the first call counts.
    pub(crate) fn serve_for(&self, engine: &Arc<Inner>) {
        self.engine.get_or_init(|| Arc::downgrade(engine));
    }

    pub(crate) fn engine(&self) -> Option<Arc<Inner>> {
        self.engine.get().and_then(Weak::upgrade)
    }

    pub(crate) fn add_secret(&self, id: &str, value: SecretBytes) {
        insert(&self.secrets, id, value);
    }

    pub(crate) fn secret(&self, id: &str) -> Option<SecretBytes> {
        find(&self.secrets, id)
    }

    pub(crate) fn add_local(&self, name: &str, directory: LocalDirectory) {
        insert(&self.locals, name, Arc::new(directory));
    }

    pub(crate) fn local(&self, name: &str) -> Option<Arc<LocalDirectory>> {
        find(&self.locals, name)
    }

    pub(crate) fn keep_listing(&self, name: &str, listing: Listing) {
        insert(&self.listings, name, Arc::new(listing));
    }

    pub(crate) fn listing(&self, name: &str) -> Option<Arc<Listing>> {
        find(&self.listings, name)
    }

    pub(crate) fn add_socket(&self, id: &str, path: PathBuf) {
        insert(&self.sockets, id, SocketTarget::Unix(path));
    }

    /// Makes a port of a machine known that this process can reach; the id by which a socket mount names it.
    pub(crate) fn add_host_port(&self, host: &str, port: u16) -> String {
        let id = format!("dockwright-port-{host}:{port}");
        insert(&self.sockets, &id, SocketTarget::Tcp(host.to_owned(), port));
        id
    }

    pub(crate) fn socket(&self, id: &str) -> Option<SocketTarget> {
        find(&self.sockets, id)
    }

    pub(crate) fn set_credentials(&self, host: &str, user: &str, secret: SecretBytes) {
        insert(
            &self.credentials,
            host,
            Credentials {
                user: user.to_owned(),
                secret,
            },
        );
    }

    pub(crate) fn forget_credentials(&self, host: &str) {
        let mut credentials = self.credentials.write().unwrap_or_else(PoisonError::into_inner);
        credentials.remove(host);
    }

    pub(crate) fn credentials(&self, host: &str) -> Option<Credentials> {
        find(&self.credentials, host)
    }
}

fn insert<T>(table: &Table<T>, key: &str, value: T) {
    table
        .write()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(key.to_owned(), value);
}

fn find<T: Clone>(table: &Table<T>, key: &str) -> Option<T> {
    table.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
}
