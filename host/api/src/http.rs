//! `Query.http`: a file that the engine fetches.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::file::{File, plain_name};
use crate::secret::Secret;
use crate::service::Service;
use dockwright_engine::llb::source::{self, HttpOptions};
use dockwright_schema::Request;
use std::sync::Arc;

/// The file at the URL.
pub(crate) async fn file(api: &Arc<Api>, arguments: Arguments<'_>, request: &Arc<Request>) -> Result<File, ApiError> {
    let mut url = arguments.text("url")?.to_owned();
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(ApiError::other(format!(
            "`{url}` is no URL of a file; write https://… or http://…"
        )));
    }
    let name = file_name(&url).to_owned();
    let name = plain_name(arguments.non_empty_text("name").unwrap_or(&name))?;
    let auth_header = match arguments.optional_object("authHeader", "Secret")? {
        Some(id) => Some(api.state::<Secret>(&id, request).await?.register(api).await?),
        None => None,
    };
    if let Some(id) = arguments.optional_object("experimentalServiceHost", "Service")? {
        let service = api.state::<Service>(&id, request).await?;
        let key = service.declare(api, request).await?;
        let running = api.engine().await?.start_service(&key).await?;
        url = at_address(&url, &running.address.to_string());
    }
    let options = HttpOptions {
        checksum: arguments.non_empty_text("checksum").map(str::to_owned),
        permissions: arguments.mode("permissions")?,
        auth_header,
    };
    Ok(File {
        output: source::http(&url, name, &options),
        path: format!("/{name}"),
    })
}

/// The last part of the URL's path.
fn file_name(url: &str) -> &str {
    let after_host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_host.split_once('/').map_or("", |(_, path)| path);
    let last = path.split(['?', '#']).next().and_then(|path| path.rsplit('/').next());
    last.filter(|name| !name.is_empty()).unwrap_or("download")
}

/// The URL with the host replaced; its port stays.
pub(crate) fn at_address(url: &str, address: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (host, path) = rest.find(['/', '?', '#']).map_or((rest, ""), |end| rest.split_at(end));
    let (user, host) = host.rsplit_once('@').map_or(("", host), |(user, host)| (user, host));
    let at = if user.is_empty() { "" } else { "@" };
    match host.rsplit_once(':') {
        Some((_, port)) => format!("{scheme}://{user}{at}{address}:{port}{path}"),
        None => format!("{scheme}://{user}{at}{address}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{at_address, file_name};

    #[test]
    fn files_are_named_by_their_urls() {
        assert_eq!(file_name("https://h/a/b.tar?x=/y"), "b.tar");
        assert_eq!(file_name("https://h"), "download");
        assert_eq!(file_name("https://h/a/"), "download");
    }

    #[test]
    fn a_service_stands_for_the_host() {
        assert_eq!(at_address("http://web:81/x?y", "10.0.0.1"), "http://10.0.0.1:81/x?y");
        assert_eq!(at_address("http://web", "10.0.0.1"), "http://10.0.0.1");
        assert_eq!(at_address("ssh://me@web:22/x", "10.0.0.1"), "ssh://me@10.0.0.1:22/x");
    }
}
