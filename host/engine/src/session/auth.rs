//! The auth service: credentials for registries, when an engine pulls or pushes.
//!
//! Tokens are not fetched here: the engine does it with the credentials, as it does when a client does not implement the three other calls.

use super::SessionState;
use super::state::Credentials;
use bollard_buildkit_proto::moby::filesync::v1::{
    CredentialsRequest, CredentialsResponse, FetchTokenRequest, FetchTokenResponse, GetTokenAuthorityRequest,
    GetTokenAuthorityResponse, VerifyTokenAuthorityRequest, VerifyTokenAuthorityResponse, auth_server::Auth,
};
use std::sync::Arc;
use tonic::{Request, Response, Status};

/// Credentials set for this run come first, then Docker's.
pub(super) struct AuthService(pub(super) Arc<SessionState>);

impl AuthService {
    async fn find(&self, host: &str) -> Result<Option<Credentials>, String> {
        let names: &[&str] = if host == "registry-1.docker.io" {
            &[host, "docker.io", "index.docker.io"]
        } else {
            &[host]
        };
        match names.iter().find_map(|name| self.0.credentials(name)) {
            Some(found) => Ok(Some(found)),
            None => self.0.docker_config.credentials(host).await,
        }
    }
}

#[tonic::async_trait]
impl Auth for AuthService {
    async fn credentials(&self, request: Request<CredentialsRequest>) -> Result<Response<CredentialsResponse>, Status> {
        let host = request.into_inner().host;
        let found = self.find(&host).await.map_err(Status::failed_precondition)?;
        let answer = found.map_or_else(CredentialsResponse::default, |found| CredentialsResponse {
            username: found.user,
            secret: String::from_utf8_lossy(found.secret.expose()).into_owned(),
        });
        Ok(Response::new(answer))
    }

    async fn fetch_token(&self, _: Request<FetchTokenRequest>) -> Result<Response<FetchTokenResponse>, Status> {
        Err(Status::unimplemented("the engine fetches tokens"))
    }

    async fn get_token_authority(
        &self,
        _: Request<GetTokenAuthorityRequest>,
    ) -> Result<Response<GetTokenAuthorityResponse>, Status> {
        Err(Status::unimplemented("the engine fetches tokens"))
    }

    async fn verify_token_authority(
        &self,
        _: Request<VerifyTokenAuthorityRequest>,
    ) -> Result<Response<VerifyTokenAuthorityResponse>, Status> {
        Err(Status::unimplemented("the engine fetches tokens"))
    }
}
