//! `registryService`: a registry that is a service of the session.
//!
//! The engine itself talks to registries, and no alias is known to it. So the service is started and the image named by where it runs; the name that
//! the user wrote is what the API tells.

use super::image::registry;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::service::Service;
use dockwright_schema::Request;
use std::sync::Arc;

/// An image of such a registry.
pub(super) struct ServedRegistry {
    /// The image as the engine finds it.
    pub(super) address: String,
    /// Registry as the engine finds it, and as it was written.
    found: String,
    written: String,
}

impl ServedRegistry {
    /// Starts the service that the argument `registryService` names; none without one. It goes on running as long as the session.
    pub(super) async fn new(
        api: &Arc<Api>,
        arguments: Arguments<'_>,
        address: &str,
        request: &Arc<Request>,
    ) -> Result<Option<ServedRegistry>, ApiError> {
        let Some(id) = arguments.optional_object("registryService", "Service")? else {
            return Ok(None);
        };
        let written = registry(address);
        let service = api.state::<Service>(&id, request).await?;
        let port = match written.rsplit_once(':') {
            Some((_, port)) => port
                .parse()
                .map_err(|_| ApiError::other(format!("argument `address`: `{written}` names no port of a registry")))?,
            None => service.port(None)?,
        };
        let key = service.declare(api, request).await?;
        let running = api.engine().await?.start_service(&key).await?;
        if !running.address.is_loopback() {
            return Err(ApiError::other(
                "argument `registryService`: containers of this engine have networks of their own, and the engine asks registries there by HTTPS \
                 only; use an engine whose containers share its network (`networkMode = \"host\"` in its configuration)",
            ));
        }
        let found = format!("{}:{port}", running.address);
        Ok(Some(ServedRegistry {
            address: address.replacen(written, &found, 1),
            found,
            written: written.to_owned(),
        }))
    }

    /// A reference of the engine under the name that was written.
    pub(super) fn as_written(&self, reference: &str) -> String {
        reference.replacen(&self.found, &self.written, 1)
    }
}
