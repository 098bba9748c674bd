//! The way to registries elsewhere where it leads through a proxy: a tunnel that the proxy is asked for with CONNECT (RFC 9110, 9.3.6). What goes
//! through it is encrypted; the proxy learns the registry's name and no more. Registries on this machine are asked directly.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::Service;
use zeroize::Zeroizing;

/// The longest answer of a proxy that is read.
const LONGEST_ANSWER: usize = 16 << 10;

/// Which proxy to use, and for whom not, as the variables `HTTPS_PROXY` and `NO_PROXY` say it.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    /// Address of the proxy: `[http://][user:password@]host:port`.
    pub proxy: Option<Zeroizing<String>>,
    /// Hosts that are asked directly: names with all below them, addresses, or `*`.
    pub direct: Vec<String>,
}

/// A proxy, taken apart.
#[derive(Clone)]
struct Proxy {
    address: Uri,
    /// What to show it: base 64 of `user:password`.
    login: Option<Zeroizing<String>>,
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
    fn of(&self, host: &str) -> std::io::Result<Option<Proxy>> {
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
    let mut bytes = Zeroizing::new(Vec::new());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    bytes
}

/// Makes connections, through the proxy where one is to be used.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector,
    proxies: Proxies,
}

impl Connector {
    pub(super) fn new(mut tcp: HttpConnector, proxies: Proxies) -> Connector {
        tcp.enforce_http(false);
        Connector { tcp, proxies }
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = std::io::Result<TokioIo<TcpStream>>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let proxy = self.proxies.of(target.host().unwrap_or_default());
        let mut tcp = self.tcp.clone();
        Box::pin(async move {
            let Some(proxy) = proxy? else {
                return tcp.call(target).await.map_err(std::io::Error::other);
            };
            let place = proxy.address.authority().map(ToString::to_string).unwrap_or_default();
            let through = |message: String| std::io::Error::other(format!("through the proxy {place}: {message}"));
            let stream = tcp
                .call(proxy.address.clone())
                .await
                .map_err(|error| through(super::transport::chain(&error)))?;
            let mut stream = stream.into_inner();
            tunnel(&mut stream, &target, proxy.login.as_deref().map(String::as_str))
                .await
                .map_err(through)?;
            Ok(TokioIo::new(stream))
        })
    }
}

/// Asks a proxy for a tunnel. The error is a text for the user.
async fn tunnel(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    target: &Uri,
    login: Option<&str>,
) -> Result<(), String> {
    let place = format!(
        "{}:{}",
        target.host().unwrap_or_default(),
        target.port_u16().unwrap_or(443)
    );
    let mut request = Zeroizing::new(format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n"));
    if let Some(login) = login {
        request.push_str(&format!("Proxy-Authorization: Basic {login}\r\n"));
    }
    request.push_str("\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .map_err(|error| error.to_string())?;
    // Byte by byte: what comes after the answer belongs to the registry.
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= LONGEST_ANSWER {
            return Err("its answer does not end".to_owned());
        }
        answer.push(stream.read_u8().await.map_err(|error| error.to_string())?);
    }
    let text = String::from_utf8_lossy(&answer);
    let status = text.lines().next().unwrap_or_default();
    match status.split(' ').nth(1) {
        Some(code) if code.len() == 3 && code.starts_with('2') => Ok(()),
        _ => Err(format!("it answers {:?}", status.chars().take(200).collect::<String>())),
    }
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

    async fn answered(answer: &'static str) -> (Result<(), String>, String) {
        let (mut ours, mut theirs) = tokio::io::duplex(1 << 16);
        let proxy = tokio::spawn(async move {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(theirs.read_u8().await.unwrap());
            }
            theirs.write_all(answer.as_bytes()).await.unwrap();
            (String::from_utf8(request).unwrap(), theirs)
        });
        let target = "https://ghcr.io/v2/".parse().unwrap();
        let result = tunnel(&mut ours, &target, Some("bG9naW4=")).await;
        let (request, _kept) = proxy.await.unwrap();
        if result.is_ok() {
            let mut rest = [0; 4];
            ours.read_exact(&mut rest).await.unwrap();
            assert_eq!(&rest, b"rest");
        }
        (result, request)
    }

    #[tokio::test]
    async fn proxies_are_asked_for_a_tunnel() {
        let (result, request) = answered("HTTP/1.1 200 Connection established\r\nX: y\r\n\r\nrest").await;
        result.unwrap();
        assert_eq!(
            request,
            "CONNECT ghcr.io:443 HTTP/1.1\r\nHost: ghcr.io:443\r\nProxy-Authorization: Basic bG9naW4=\r\n\r\n"
        );
        let (refused, _) = answered("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await;
        assert_eq!(
            refused.unwrap_err(),
            "it answers \"HTTP/1.1 407 Proxy Authentication Required\""
        );
    }
}
