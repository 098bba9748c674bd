//! `Socket`: a unix socket of the caller's machine.

use crate::access::HostView;
use crate::address::Address;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::host::Host;
use crate::recipe::Call;
use dockwright_schema::{Request, Resolved};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// State of a socket.
#[derive(Clone, Debug)]
pub(crate) struct Socket {
    path: PathBuf,
}

impl Socket {
    fn new(view: &HostView, path: &str) -> Result<Socket, ApiError> {
        Ok(Socket {
            path: view.resolve(path.strip_prefix("unix://").unwrap_or(path))?,
        })
    }

    /// The socket at a path of this machine, for the host's own use.
    pub(crate) fn at(path: PathBuf) -> Socket {
        Socket { path }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the engine able to connect to it; the name that the engine uses. It is part of cache keys and tells nothing of the path.
    pub(crate) async fn register(&self, api: &Api) -> Result<String, ApiError> {
        // An engine accepts connections before it looks whether anybody is there, so a wrong path would go unnoticed.
        let found = fs_err::metadata(&self.path).map_err(|error| ApiError::other(error.to_string()))?;
        if !found.file_type().is_socket() {
            return Err(ApiError::other(format!("{} is no unix socket", self.path.display())));
        }
        let mut hasher = api.store().key().hasher();
        hasher
            .update(b"socket")
            .update(self.path.as_os_str().as_encoded_bytes());
        let digest = hasher.finalize().to_hex();
        let id = format!("dockwright-socket-{}", digest.get(..32).unwrap_or(&digest));
        api.engine().await?.add_socket(&id, &self.path);
        Ok(id)
    }
}

impl CoreObject for Socket {
    const TYPE: &'static str = "Socket";
    const VALUES: &'static [&'static str] = &[];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Host", "unixSocket"), ("Address", "socket")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Host", "unixSocket") => {
                let host = api.parent_state::<Host>(call, request).await?;
                Socket::new(&host.view, Arguments(&call.arguments).text("path")?)
            }
            ("Address", "socket") => {
                let address = api.parent_state::<Address>(call, request).await?;
                Socket::new(&api.host_view(&address.principal)?, &address.value)
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        field.unsupported(Self::TYPE)
    }
}
