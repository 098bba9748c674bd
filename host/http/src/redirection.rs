//! Where an address leads to, without going there.

use crate::{Connections, Proxies, causes, join};
use http::{Request, Uri, header};
use http_body_util::Empty;
use hyper::body::Bytes;
use std::time::Duration;

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the server redirects who asks for the address; none when it does not. Blocks the thread, which must not be one of an event loop.
///
/// # Errors
/// A text for the user: the server cannot be asked.
pub fn redirection(proxies: &Proxies, address: &str) -> Result<Option<String>, String> {
    let uri: Uri = address.parse().map_err(|_| format!("{address:?} is no address"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| causes(&error))?;
    runtime.block_on(async {
        let connections = Connections::<Empty<Bytes>>::new(proxies.clone());
        let request = Request::get(uri.clone()).header(header::USER_AGENT, "git/2 (dockwright)");
        let request = request.body(Empty::new()).map_err(|error| causes(&error))?;
        let answer = tokio::time::timeout(PATIENCE, connections.send(request)).await;
        let answer = answer.map_err(|_| format!("{address}: no answer within {} seconds", PATIENCE.as_secs()))??;
        if !answer.status().is_redirection() {
            return Ok(None);
        }
        let location = answer
            .headers()
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok());
        let next = location.and_then(|location| join(&uri, location));
        let next = next.ok_or_else(|| format!("{address}: its redirection leads nowhere"))?;
        Ok(Some(next.to_string()))
    })
}
