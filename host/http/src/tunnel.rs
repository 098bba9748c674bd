//! The way to servers elsewhere where it leads through a proxy: a tunnel that the proxy is asked for with CONNECT (RFC 9110, 9.3.6). What goes
//! through it is encrypted; the proxy learns the server's name and no more.

use crate::connections::causes;
use crate::proxies::Proxies;
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

/// Makes connections, through the proxy where one is to be used.
#[derive(Clone)]
pub(crate) struct Connector {
    tcp: HttpConnector,
    proxies: Proxies,
}

impl Connector {
    pub(crate) fn new(mut tcp: HttpConnector, proxies: Proxies) -> Connector {
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
                .map_err(|error| through(causes(&error)))?;
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
    // Byte by byte: what comes after the answer belongs to the server.
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
