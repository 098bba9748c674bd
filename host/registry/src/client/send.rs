//! Sending one request: with what the registry wants to see, along its redirections, its errors told apart.

use super::Client;
use super::auth::Authorization;
use super::body::error_text;
use super::call::Call;
use super::error::ClientError;
use dockwright_http::join;
use http::{Method, Request, Response, StatusCode, Uri, header};
use hyper::body::Incoming;
use std::sync::PoisonError;
use std::time::Duration;

const MOST_REDIRECTIONS: usize = 5;

impl Client {
    /// Sends a request, again when it fails for a moment. The answer is a success.
    pub(super) async fn send(&self, call: &Call<'_>) -> Result<Response<Incoming>, ClientError> {
        let mut tries = self.retry.start();
        loop {
            match self.send_once(call).await {
                Ok(response) => return Ok(response),
                Err(error) => tries.after(error).await?,
            }
        }
    }

    /// Sends a request. The answer is a success.
    pub(super) async fn send_once(&self, call: &Call<'_>) -> Result<Response<Incoming>, ClientError> {
        let key = format!("{} {} {:?}", call.host(), call.reference.repository(), call.action);
        let known = {
            let authorizations = self.authorizations.lock().unwrap_or_else(PoisonError::into_inner);
            authorizations.get(&key).cloned()
        };
        let response = self.follow(call, known.as_ref()).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return self.judge(call, response).await;
        }
        // A token that was good once may have expired: what is known is asked for anew.
        let headers = response.headers().clone();
        let authorization = self
            .authorize(call.host(), call.reference.repository(), call.action, &headers)
            .await?;
        let Some(authorization) = authorization else {
            return self.judge(call, response).await;
        };
        let response = self.follow(call, Some(&authorization)).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            let mut authorizations = self.authorizations.lock().unwrap_or_else(PoisonError::into_inner);
            authorizations.insert(key, authorization);
        }
        self.judge(call, response).await
    }

    /// Sends a request and follows redirections. Other hosts do not get to see who asks.
    async fn follow(
        &self,
        call: &Call<'_>,
        authorization: Option<&Authorization>,
    ) -> Result<Response<Incoming>, ClientError> {
        let protocol = |message: String| ClientError::Protocol {
            host: call.host().to_owned(),
            message,
        };
        let mut uri = call
            .uri()
            .ok_or_else(|| protocol(format!("the address of {} makes no sense", call.what)))?;
        for _ in 0..MOST_REDIRECTIONS {
            let own = uri
                .authority()
                .is_some_and(|authority| authority.as_str() == call.host());
            let response = self.exchange(call, &uri, authorization.filter(|_| own)).await?;
            let redirected = response.status().is_redirection() && matches!(call.method, Method::GET | Method::HEAD);
            if !redirected {
                return Ok(response);
            }
            let location = response
                .headers()
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok());
            let next = location
                .and_then(|location| join(&uri, location))
                .ok_or_else(|| protocol("a redirection leads nowhere".to_owned()))?;
            uri = self.no_worse(call, &uri, next)?;
        }
        Err(protocol(format!("{} is redirected again and again", call.what)))
    }

    /// Refuses a host that the registry may not lead to.
    pub(super) fn require_host(&self, registry: &str, uri: &Uri) -> Result<(), ClientError> {
        let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        if host == registry {
            return Ok(());
        }
        (self.redirects)(host).map_err(|message| ClientError::Protocol {
            host: registry.to_owned(),
            message,
        })
    }

    /// An address that the registry leads to, unless it would give up encryption or leave where it may lead to.
    pub(super) fn no_worse(&self, call: &Call<'_>, from: &Uri, to: Uri) -> Result<Uri, ClientError> {
        if from.scheme_str() == Some("https") && to.scheme_str() != Some("https") {
            return Err(ClientError::Protocol {
                host: call.host().to_owned(),
                message: format!("it leads from an encrypted address to {to}"),
            });
        }
        self.require_host(call.host(), &to)?;
        Ok(to)
    }

    async fn exchange(
        &self,
        call: &Call<'_>,
        uri: &Uri,
        authorization: Option<&Authorization>,
    ) -> Result<Response<Incoming>, ClientError> {
        let agent = concat!("dockwright/", env!("CARGO_PKG_VERSION"));
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(uri.clone())
            .header(header::USER_AGENT, agent);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        if let Some(Authorization(value)) = authorization {
            request = request.header(header::AUTHORIZATION, value);
        }
        if !matches!(call.method, Method::GET | Method::HEAD) {
            request = request.header(header::CONTENT_LENGTH, call.payload.size());
        }
        let request = request
            .body(call.payload.body().await?)
            .map_err(|error| ClientError::Protocol {
                host: call.host().to_owned(),
                message: error.to_string(),
            })?;
        self.transport
            .send(request)
            .await
            .map_err(|message| ClientError::Unreachable {
                host: uri
                    .authority()
                    .map_or_else(|| call.host().to_owned(), ToString::to_string),
                message,
            })
    }

    /// A success, or the error that the answer is.
    async fn judge(&self, call: &Call<'_>, response: Response<Incoming>) -> Result<Response<Incoming>, ClientError> {
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let retry_after = response
            .headers()
            .get(header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        let message = error_text(response).await;
        let host = call.host().to_owned();
        Err(match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ClientError::Unauthorized {
                host,
                action: call.action.words(),
                repository: call.reference.repository().to_owned(),
                message,
            },
            StatusCode::NOT_FOUND => ClientError::NotFound {
                host,
                what: call.what.clone(),
            },
            StatusCode::TOO_MANY_REQUESTS => ClientError::RateLimited {
                host,
                message,
                retry_after,
            },
            _ => ClientError::Refused {
                host,
                method: call.method.to_string(),
                path: call.uri().map(|uri| uri.path().to_owned()).unwrap_or_default(),
                status: status.as_u16(),
                message,
            },
        })
    }
}
