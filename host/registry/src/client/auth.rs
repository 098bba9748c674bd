//! Showing who asks: Basic, or a token from the service that the registry names (the token specification of the distribution project).

use super::Client;
use super::body::{Payload, collect, error_text};
use super::credentials::Credentials;
use super::error::ClientError;
use crate::reference::is_loopback;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, Method, Request, Uri, header};
use serde::Deserialize;

/// A token's answer is small.
const TOKEN_LIMIT: u64 = 1 << 20;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// To read.
    Pull,
    /// To read and write.
    Push,
}

impl Action {
    pub(super) fn words(self) -> &'static str {
        match self {
            Action::Pull => "read",
            Action::Push => "write to",
        }
    }

    fn scope(self) -> &'static str {
        match self {
            Action::Pull => "pull",
            Action::Push => "pull,push",
        }
    }
}

/// The value of an `Authorization` header.
#[derive(Clone)]
pub(super) struct Authorization(pub(super) HeaderValue);

/// What a registry wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Challenge {
    Basic,
    Bearer {
        realm: String,
        service: Option<String>,
        scope: Option<String>,
    },
}

#[derive(Deserialize)]
struct TokenAnswer {
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    access_token: Option<String>,
}

impl Client {
    /// What to send after the registry has answered with 401 and these headers; none when there is nothing to show.
    pub(super) async fn authorize(
        &self,
        host: &str,
        repository: &str,
        action: Action,
        headers: &HeaderMap,
    ) -> Result<Option<Authorization>, ClientError> {
        let challenge = headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| parse_challenge(value.to_str().ok()?))
            .next();
        let credentials = self
            .credentials
            .credentials(host)
            .await
            .map_err(|message| ClientError::Credentials { message })?;
        match challenge {
            Some(Challenge::Bearer { realm, service, scope }) => {
                let scope = scope.unwrap_or_else(|| format!("repository:{repository}:{}", action.scope()));
                self.token(host, &realm, service.as_deref(), &scope, credentials)
                    .await
                    .map(Some)
            }
            Some(Challenge::Basic) => Ok(credentials.as_ref().and_then(basic)),
            None => Ok(None),
        }
    }

    async fn token(
        &self,
        host: &str,
        realm: &str,
        service: Option<&str>,
        scope: &str,
        credentials: Option<Credentials>,
    ) -> Result<Authorization, ClientError> {
        let protocol = |message: String| ClientError::Protocol {
            host: host.to_owned(),
            message,
        };
        let realm_uri: Uri = realm
            .parse()
            .map_err(|_| protocol(format!("its token service is `{realm}`")))?;
        let realm_host = realm_uri
            .authority()
            .map(|authority| authority.as_str().to_owned())
            .unwrap_or_default();
        if realm_uri.scheme_str() != Some("https") && !is_loopback(&realm_host) {
            return Err(protocol(format!("its token service `{realm}` is not encrypted")));
        }
        self.require_host(host, &realm_uri)?;
        let mut parameters = vec![("scope", scope)];
        parameters.extend(service.map(|service| ("service", service)));
        let identity = credentials.as_ref().filter(|credentials| credentials.user.is_empty());
        let mut request = Request::builder();
        let payload = if let Some(identity) = identity {
            parameters.extend([
                ("grant_type", "refresh_token"),
                ("client_id", "dockwright"),
                ("refresh_token", identity.secret.as_str()),
            ]);
            request = request
                .method(Method::POST)
                .uri(realm_uri)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            Payload::Bytes(form(&parameters).into())
        } else {
            let separator = if realm.contains('?') { '&' } else { '?' };
            request = request.uri(format!("{realm}{separator}{}", form(&parameters)));
            if let Some(Authorization(value)) = credentials.as_ref().and_then(basic) {
                request = request.header(header::AUTHORIZATION, value);
            }
            Payload::Empty
        };
        let request = request
            .body(payload.body().await?)
            .map_err(|error| protocol(error.to_string()))?;
        let response = self
            .transport
            .send(request)
            .await
            .map_err(|message| ClientError::Unreachable {
                host: realm_host.clone(),
                message,
            })?;
        let status = response.status();
        if !status.is_success() {
            let message = error_text(response).await;
            return Err(if status.is_client_error() {
                ClientError::Credentials {
                    message: format!(
                        "the token service {realm_host} of the registry {host} refuses: {message}; log in with `docker login {host}`"
                    ),
                }
            } else {
                ClientError::Refused {
                    host: realm_host,
                    method: "GET".to_owned(),
                    path: realm.to_owned(),
                    status: status.as_u16(),
                    message,
                }
            });
        }
        let answer = collect(&realm_host, response, TOKEN_LIMIT).await?;
        let answer: TokenAnswer = serde_json::from_slice(&answer)
            .map_err(|error| protocol(format!("its token service's answer is not understood: {error}")))?;
        let token = answer.token.or(answer.access_token).unwrap_or_default();
        let mut value = HeaderValue::try_from(format!("Bearer {token}"))
            .map_err(|_| protocol("its token service's token cannot be sent".to_owned()))?;
        value.set_sensitive(true);
        Ok(Authorization(value))
    }
}

fn basic(credentials: &Credentials) -> Option<Authorization> {
    let pair = zeroize::Zeroizing::new(format!("{}:{}", credentials.user, credentials.secret.as_str()));
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair.as_bytes()))).ok()?;
    value.set_sensitive(true);
    Some(Authorization(value))
}

/// `application/x-www-form-urlencoded`
fn form(parameters: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.join("&")
}

/// `Bearer realm="…",service="…",scope="…"` or `Basic realm="…"`
fn parse_challenge(text: &str) -> Option<Challenge> {
    let (kind, mut rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    if kind.eq_ignore_ascii_case("basic") {
        return Some(Challenge::Basic);
    }
    if !kind.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let (mut realm, mut service, mut scope) = (None, None, None);
    while let Some((name, after)) = rest.split_once('=') {
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(',').unwrap_or((after, "")),
        };
        match name.trim_matches([' ', ',']).to_ascii_lowercase().as_str() {
            "realm" => realm = Some(value.to_owned()),
            "service" => service = Some(value.to_owned()),
            "scope" => scope = Some(value.to_owned()),
            _ => {}
        }
        rest = next;
    }
    Some(Challenge::Bearer {
        realm: realm?,
        service,
        scope,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn challenges_are_understood() {
        let bearer = parse_challenge(
            r#"Bearer realm="https://auth.example/token",service="r.example",scope="repository:a/b:pull,push""#,
        );
        let expected = Challenge::Bearer {
            realm: "https://auth.example/token".into(),
            service: Some("r.example".into()),
            scope: Some("repository:a/b:pull,push".into()),
        };
        assert_eq!(bearer, Some(expected));
        assert_eq!(parse_challenge("Basic realm=\"x\""), Some(Challenge::Basic));
        assert_eq!(parse_challenge("Negotiate"), None);
        assert_eq!(parse_challenge("Bearer service=x"), None);
    }

    #[test]
    fn forms_are_encoded() {
        assert_eq!(form(&[("scope", "a:b,c"), ("x", "é")]), "scope=a%3Ab%2Cc&x=%C3%A9");
    }

    proptest! {
        #[test]
        fn no_challenge_is_a_surprise(text in "\\PC*") {
            let _result = parse_challenge(&text);
            let _result = parse_challenge(&format!("Bearer {text}"));
        }
    }
}
