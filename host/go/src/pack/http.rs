//! Gets files by HTTP: from module proxies, with the system's certificates.

use super::settings::ModuleSettings;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dockwright_http::{Connections, join};
use http::{HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a whole download may take.
const DOWNLOAD: Duration = Duration::from_secs(300);
/// Redirections that are followed.
const REDIRECTIONS: usize = 10;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) enum Fetched {
    /// The file.
    Found(Vec<u8>),
    /// There is none (404, 410). The text is what the server says.
    Missing(String),
}

/// Gets the file at the address, `http`, `https` or `file`. Blocks the thread, which must not be one of an event loop.
///
/// The error is a text for the user.
pub(crate) fn get(settings: &ModuleSettings, address: &str, limit: u64) -> Result<Fetched, String> {
    get_within(settings, address, limit, DOWNLOAD)
}

/// The same, within that time.
pub(crate) fn get_within(
    settings: &ModuleSettings,
    address: &str,
    limit: u64,
    patience: Duration,
) -> Result<Fetched, String> {
    if let Some(path) = address.strip_prefix("file://") {
        return match std::fs::read(path) {
            Ok(bytes) => Ok(Fetched::Found(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Fetched::Missing(format!("{path} does not exist")))
            }
            Err(error) => Err(format!("{path}: {error}")),
        };
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        tokio::time::timeout(patience, follow(settings, address, limit))
            .await
            .unwrap_or_else(|_| Err(format!("{address}: not done within {} seconds", patience.as_secs())))
    })
}

async fn follow(settings: &ModuleSettings, address: &str, limit: u64) -> Result<Fetched, String> {
    let (mut uri, authorization) = split(address)?;
    let origin = uri.authority().cloned();
    let connections = Connections::<Empty<Bytes>>::new(settings.proxies.clone());
    for _ in 0..=REDIRECTIONS {
        let mut request = Request::get(uri.clone()).header(header::USER_AGENT, "dockwright");
        // A password is for the host that it was given for.
        let given = authorization.clone().filter(|_| uri.authority() == origin.as_ref());
        if let Some(authorization) = given.or_else(|| login(settings, &uri)) {
            let mut value = HeaderValue::try_from(authorization.as_str()).map_err(|error| error.to_string())?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        let request = request.body(Empty::<Bytes>::new()).map_err(|error| error.to_string())?;
        let response = connections
            .send(request)
            .await
            .map_err(|error| format!("{uri}: {error}"))?;
        let status = response.status();
        if status.is_redirection()
            && let Some(location) = response
                .headers()
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok())
        {
            let next = join(&uri, location).ok_or_else(|| format!("{uri}: it redirects to {location:?}"))?;
            if uri.scheme_str() == Some("https") && next.scheme_str() != Some("https") {
                return Err(format!("{uri}: it redirects to an address that is not encrypted"));
            }
            uri = next;
            continue;
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let body = Limited::new(response.into_body(), limit).collect().await;
        let body = body.map_err(|error| format!("{uri}: {error}"))?.to_bytes();
        return match status {
            StatusCode::OK => Ok(Fetched::Found(body.to_vec())),
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                let text: String = String::from_utf8_lossy(&body).trim().chars().take(500).collect();
                Ok(Fetched::Missing(format!("{uri}: {status}: {text}")))
            }
            _ => Err(format!("{uri}: {status}")),
        };
    }
    Err(format!("{address}: it redirects more than {REDIRECTIONS} times"))
}

/// The user's login for a host; passwords of files go through encrypted connections only.
fn login(settings: &ModuleSettings, uri: &Uri) -> Option<Zeroizing<String>> {
    let encrypted = uri.scheme_str() == Some("https");
    settings.logins.authorization(uri.host().filter(|_| encrypted)?)
}

/// The address without user and password, and the header made of them.
fn split(address: &str) -> Result<(Uri, Option<Zeroizing<String>>), String> {
    let invalid = || format!("{address:?} is no address of a module proxy");
    let (scheme, rest) = address.split_once("://").ok_or_else(invalid)?;
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (user, host) = authority
        .rsplit_once('@')
        .map_or((None, authority), |(user, host)| (Some(user), host));
    if !matches!(scheme, "http" | "https") || host.is_empty() {
        return Err(invalid());
    }
    let uri = format!("{scheme}://{host}{path}").parse().map_err(|_| invalid())?;
    Ok((
        uri,
        user.map(|user| Zeroizing::new(format!("Basic {}", STANDARD.encode(user)))),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::netrc::Logins;
    use super::*;

    #[test]
    fn passwords_leave_the_address() {
        let (uri, header) = split("https://me:secret@proxy.example/x").unwrap();
        assert_eq!(uri.to_string(), "https://proxy.example/x");
        assert_eq!(header.unwrap().as_str(), "Basic bWU6c2VjcmV0");
        assert!(split("ftp://x").is_err());
        assert!(split("proxy").is_err());
    }

    #[test]
    fn files_are_got() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join("x"), "1").unwrap();
        let base = format!("file://{}", folder.path().display());
        let settings = ModuleSettings::default();
        assert!(matches!(get(&settings, &format!("{base}/x"), 10), Ok(Fetched::Found(bytes)) if bytes == b"1"));
        assert!(matches!(
            get(&settings, &format!("{base}/y"), 10),
            Ok(Fetched::Missing(_))
        ));
    }

    #[test]
    fn logins_of_files_go_through_encrypted_connections_only() {
        let settings = ModuleSettings {
            logins: Logins::parse("machine proxy.example login me password secret"),
            ..ModuleSettings::default()
        };
        let shown = |address: &str| login(&settings, &address.parse().unwrap()).is_some();
        assert!(shown("https://proxy.example:8443/x"));
        assert!(!shown("http://proxy.example/x"));
        assert!(!shown("https://other.example/x"));
    }
}
