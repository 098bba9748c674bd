//! Pages in the user's browser: only our own may ask, unless the user lets others.

use axum::http::{HeaderMap, Uri, header};

/// The origin of a page that is not ours, if one asks. Programs send none.
pub(crate) fn foreign(headers: &HeaderMap) -> Option<String> {
    let origin = String::from_utf8_lossy(headers.get(header::ORIGIN)?.as_bytes()).into_owned();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let ours = host.is_some_and(|host| is_loopback(host) && origin.strip_prefix("http://") == Some(host));
    (!ours).then_some(origin)
}

/// Whether a host, perhaps with a port, names this machine whatever a name server says.
fn is_loopback(host: &str) -> bool {
    let Ok(uri) = format!("http://{host}/").parse::<Uri>() else {
        return false;
    };
    let name = uri.host().unwrap_or_default();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn only_pages_of_this_very_server_are_ours() {
        let is_foreign = |host: &str, origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            foreign(&headers).is_some()
        };
        for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"] {
            assert!(!is_foreign(host, &format!("http://{host}")), "{host}");
            assert!(is_foreign(host, &format!("https://{host}")), "{host}");
            assert!(is_foreign(host, "http://127.0.0.1:8081"), "{host}");
            assert!(is_foreign(host, "null"), "{host}");
        }
        // A name that leads here today, but whose owner wrote the page.
        assert!(is_foreign("evil.example:8080", "http://evil.example:8080"));
        assert!(foreign(&HeaderMap::new()).is_none());
    }
}
