//! Submodules of a repository that a module fetches which may fetch from some hosts alone: each must be at one of them.
//!
//! Those of the repository itself are looked at before an engine asks for them; those of submodules are in files that are not there before, so what
//! has them is refused afterwards.

use super::remote::Remote;
use crate::api::Api;
use crate::error::ApiError;
use crate::git_program::git_output;
use crate::permissions::host_of;
use dockwright_engine::ReadError;
use dockwright_engine::llb::Output;
use dockwright_schema::{Permission, Permissions};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A module, and what it may use.
pub(super) type Held = (String, Permissions);

/// The files of the remote at the commit, with submodules that the module may fetch.
pub(super) async fn checked(
    api: &Arc<Api>,
    remote: &Remote,
    (module, permissions): &Held,
    files: impl Fn(bool) -> Output,
) -> Result<Output, ApiError> {
    let own = files(false);
    let mut pending: Vec<(String, String)> = Vec::new();
    let mut urls = listed(api, &own, "").await?;
    if urls.is_empty() {
        return Ok(own);
    }
    let all = files(true);
    let mut base = remote.url.clone();
    loop {
        for (path, url) in urls {
            let url = absolute(&base, &url).ok_or_else(|| {
                ApiError::other(format!(
                    "git {}: the submodule `{path}` is at `{url}`, which is no address on the network",
                    remote.written
                ))
            })?;
            let permission = Permission::Host(host_of(&url).to_owned());
            if !permissions.has(&permission) {
                return Err(ApiError::NotPermitted {
                    module: module.clone(),
                    what: format!("the submodule `{path}` of {}", remote.written),
                    permission: permission.to_string(),
                });
            }
            pending.push((path, url));
        }
        let Some((path, url)) = pending.pop() else {
            return Ok(all);
        };
        urls = listed(api, &all, &path).await?;
        base = url;
    }
}

/// Paths and addresses of the submodules that the repository in that folder of the files names.
async fn listed(api: &Arc<Api>, files: &Output, folder: &str) -> Result<Vec<(String, String)>, ApiError> {
    let text = match api
        .engine()
        .await?
        .read_file(files, &format!("/{folder}/.gitmodules"))
        .await
    {
        Ok(text) => text,
        Err(ReadError::NotFound { .. } | ReadError::NotADirectory { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let place = tempfile::tempdir().map_err(|error| ApiError::other(format!("cannot make a directory: {error}")))?;
    let arguments = ["config", "--file=-", "--null", "--list", "--no-includes"];
    let output = git_output(place.path(), &arguments, &text).await?;
    Ok(named(&String::from_utf8_lossy(&output), folder))
}

/// Paths and addresses among git's settings, each ended by a zero.
fn named(settings: &str, folder: &str) -> Vec<(String, String)> {
    let mut found: BTreeMap<&str, (String, Vec<&str>)> = BTreeMap::new();
    for (key, value) in settings.split('\0').filter_map(|entry| entry.split_once('\n')) {
        let Some((name, field)) = key.strip_prefix("submodule.").and_then(|rest| rest.rsplit_once('.')) else {
            continue;
        };
        let entry = found.entry(name).or_default();
        match field {
            "path" => value.clone_into(&mut entry.0),
            "url" => entry.1.push(value),
            _ => {}
        }
    }
    let below = |path: &str| {
        if folder.is_empty() {
            path.to_owned()
        } else {
            format!("{folder}/{path}")
        }
    };
    let each = found.into_values().flat_map(|(path, urls)| {
        let path = below(&path);
        urls.into_iter()
            .map(move |url| (path.clone(), url.to_owned()))
            .collect::<Vec<_>>()
    });
    each.collect()
}

/// The submodule's address, which may be relative to that of its repository; none when it leads to no host, or out of the repository's.
fn absolute(base: &str, url: &str) -> Option<String> {
    if url.starts_with("./") || url.starts_with("../") {
        let (scheme, place) = base
            .split_once("://")
            .map_or(("", base), |(scheme, rest)| (scheme, rest));
        let mut place = place.trim_end_matches('/').to_owned();
        let mut rest = url;
        loop {
            if let Some(next) = rest.strip_prefix("./") {
                rest = next;
            } else if let Some(next) = rest.strip_prefix("../") {
                // The host itself stays; without a scheme it ends with a colon.
                let ends: &[char] = if scheme.is_empty() { &['/', ':'] } else { &['/'] };
                place.truncate(place.rfind(ends)?);
                rest = next;
            } else {
                break;
            }
        }
        let is_plain = rest.split('/').all(|part| !matches!(part, "" | "." | ".."));
        let between = if scheme.is_empty() && !place.contains(':') {
            ":"
        } else {
            "/"
        };
        let scheme = if scheme.is_empty() {
            String::new()
        } else {
            format!("{scheme}://")
        };
        return is_plain.then(|| format!("{scheme}{place}{between}{rest}"));
    }
    let is_scp =
        !url.contains("://") && !url.contains("::") && url.split_once(':').is_some_and(|(host, _)| !host.contains('/'));
    let schemes = ["https://", "http://", "ssh://", "git://"];
    (is_scp || schemes.iter().any(|scheme| url.starts_with(scheme))).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let settings = "submodule.a.path\nlib\0submodule.a.url\nhttps://h/lib\0submodule.b.c.url\n../x\0submodule.b.c.path\nx\0core.x\ny\0";
        let pair = |path: &str, url: &str| (path.to_owned(), url.to_owned());
        assert_eq!(named(settings, ""), [pair("lib", "https://h/lib"), pair("x", "../x")]);
        assert_eq!(named(settings, "in").first(), Some(&pair("in/lib", "https://h/lib")));
    }

    #[test]
    fn relative_addresses_stay_at_the_host() {
        let of = |url: &str| absolute("https://h/a/r", url);
        assert_eq!(of("../x").as_deref(), Some("https://h/a/x"));
        assert_eq!(of("../../x").as_deref(), Some("https://h/x"));
        assert_eq!(of("../../../evil.example/x"), None);
        assert_eq!(of("./x/../../../evil.example/x"), None);
        assert_eq!(absolute("http://h:80/r", "../../evil.example/x"), None);
        assert_eq!(absolute("git@h:a/r", "../../x").as_deref(), Some("git@h:x"));
        assert_eq!(absolute("git@h:r", "../../x"), None);
        assert_eq!(of("git@h:x").as_deref(), Some("git@h:x"));
        assert_eq!(of("https://other/x").as_deref(), Some("https://other/x"));
        for url in ["file:///etc", "/etc", "ext::sh -c id", "x"] {
            assert_eq!(of(url), None, "{url}");
        }
    }
}
