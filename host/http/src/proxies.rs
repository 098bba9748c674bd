//! The user's proxy, and which hosts are asked without it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Uri;
use percent_encoding::percent_decode_str;
use std::fmt;
use zeroize::Zeroizing;

/// Which proxy to use, and for whom not, as the variables `HTTPS_PROXY` and `NO_PROXY` say it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// Address of the proxy: `[http://][user:password@]host:port`.
    pub proxy: Option<Zeroizing<String>>,
    /// Hosts that are asked directly: names with all below them, addresses, or `*`.
    pub direct: Vec<String>,
}

/// A proxy, taken apart.
#[derive(Clone)]
pub(crate) struct Proxy {
    pub(crate) address: Uri,
    /// What to show it: base 64 of `user:password`.
    pub(crate) login: Option<Zeroizing<String>>,
}

/// Without the proxy's address, which may hold a password.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Proxies");
        shown.field("direct", &self.direct).finish_non_exhaustive()
    }
}

impl Proxies {
    /// The same from the values of the two variables.
    pub fn new(proxy: Option<String>, no_proxy: Option<&str>) -> Proxies {
        let names = no_proxy.unwrap_or_default().split(',').map(str::trim);
        Proxies {
            proxy: proxy.filter(|text| !text.is_empty()).map(Zeroizing::new),
            direct: names.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        }
    }

    /// The proxy that leads to a host; none when it is asked directly.
    pub(crate) fn of(&self, host: &str) -> std::io::Result<Option<Proxy>> {
        let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
        let direct = self.direct.iter().any(|name| {
            let name = name
                .trim_start_matches("*.")
                .trim_start_matches('.')
                .to_ascii_lowercase();
            let name = name.split_once(':').map_or(name.as_str(), |(name, _)| name);
            name == "*" || host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
        });
        match &self.proxy {
            Some(proxy) if !direct => Proxy::parse(proxy).map(Some),
            _ => Ok(None),
        }
    }
}

impl Proxy {
    fn parse(text: &str) -> std::io::Result<Proxy> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (login, rest) = match rest.rsplit_once('@') {
            Some((login, rest)) => (Some(login), rest),
            None => (None, rest),
        };
        let place = rest.trim_end_matches('/');
        let address = format!("http://{place}").parse::<Uri>().ok();
        let address = address.filter(|uri| scheme == "http" && uri.host().is_some());
        let address = address.ok_or_else(|| {
            std::io::Error::other(format!(
                "the proxy `{scheme}://{place}` cannot be used: write `http://HOST:PORT` into HTTPS_PROXY"
            ))
        })?;
        let login = login.map(|login| Zeroizing::new(STANDARD.encode(decoded(login))));
        Ok(Proxy { address, login })
    }
}

/// A text with `%41` for `A`.
fn decoded(text: &str) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    bytes.extend(percent_decode_str(text));
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn leads_through(no_proxy: &str, host: &str) -> bool {
        let proxies = Proxies::new(Some("http://proxy.example:3128".into()), Some(no_proxy));
        proxies.of(host).unwrap().is_some()
    }

    #[test]
    fn some_hosts_are_asked_directly() {
        assert!(leads_through("", "ghcr.io"));
        assert!(leads_through("example.com", "badexample.com"));
        assert!(!leads_through(" example.com, ghcr.io", "ghcr.io"));
        assert!(!leads_through(".example.com", "r.Example.com"));
        assert!(!leads_through("*.example.com:443", "r.example.com"));
        assert!(!leads_through("::1,10.0.0.1", "10.0.0.1"));
        assert!(!leads_through("*", "ghcr.io"));
        assert!(Proxies::new(Some(String::new()), None).of("ghcr.io").unwrap().is_none());
    }

    #[test]
    fn addresses_are_taken_apart() {
        let proxy = Proxy::parse("http://ada:p%40ss@proxy.example:3128/").unwrap();
        assert_eq!(proxy.address.to_string(), "http://proxy.example:3128/");
        assert_eq!(proxy.login.unwrap().as_str(), STANDARD.encode("ada:p@ss"));
        assert!(Proxy::parse("proxy.example:3128").unwrap().login.is_none());
        let error = Proxy::parse("socks5://ada:secret@proxy.example")
            .err()
            .unwrap()
            .to_string();
        assert!(!error.contains("secret"), "{error}");
        assert!(Proxy::parse("https://proxy.example:3128").is_err());
    }
}
