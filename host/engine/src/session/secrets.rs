//! The secrets service: plaintext leaves this process only here, when an exec that mounts the secret starts.

use super::SessionState;
use crate::service::named_services;
use bollard_buildkit_proto::moby::buildkit::secrets::v1::{
    GetSecretRequest, GetSecretResponse, secrets_server::Secrets,
};
use std::sync::Arc;
use tonic::{Request, Response, Status};

/// Looks secrets up by the id that the build graph names.
pub(super) struct SecretsService(pub(super) Arc<SessionState>);

#[tonic::async_trait]
impl Secrets for SecretsService {
    async fn get_secret(&self, request: Request<GetSecretRequest>) -> Result<Response<GetSecretResponse>, Status> {
        let id = request.into_inner().id;
        let found = match self.0.engine().filter(|_| named_services(&id).is_some()) {
            Some(engine) => engine
                .hosts_secret(&id)
                .await
                .transpose()
                .map_err(|error| Status::aborted(error.to_string()))?,
            None => self.0.secret(&id),
        };
        match found {
            Some(value) => Ok(Response::new(GetSecretResponse {
                data: value.expose().to_vec(),
            })),
            None => Err(Status::not_found(format!("this client has no secret {id}"))),
        }
    }
}
