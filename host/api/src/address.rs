//! `Address`: text from the command line that names something: a path, a git URL, an image, a secret's URI.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{Principal, Request, Resolved};
use serde_json::Value;
use std::sync::Arc;

/// State of an address.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    /// The text.
    pub value: String,
    /// Who gave it.
    pub principal: Principal,
}

impl CoreObject for Address {
    const TYPE: &'static str = "Address";
    const VALUES: &'static [&'static str] = &["value"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "address")];

    async fn evaluate(_api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Query", "address") => Ok(Address {
                value: Arguments(&call.arguments).text("value")?.to_owned(),
                principal: call.principal.clone().unwrap_or_else(|| request.principal.clone()),
            }),
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "value" => Ok(Resolved::Value(Value::String(self.value.clone()))),
            _ => field.unsupported(Self::TYPE),
        }
    }
}

/// A git repository named by URL, as `https://host/repo#ref:path`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct GitAddress<'a> {
    /// The repository.
    pub url: &'a str,
    /// Branch, tag or commit; empty for the default branch.
    pub reference: &'a str,
    /// Path within it; empty for the root.
    pub path: &'a str,
}

/// The parts of a git URL; none when the text is no URL of a repository.
pub(crate) fn git_address(text: &str) -> Option<GitAddress<'_>> {
    let is_url = ["https://", "http://", "ssh://", "git://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    let is_scp = !is_url
        && text
            .split_once(':')
            .is_some_and(|(host, _)| host.contains('@') && !host.contains('/'));
    if !is_url && !is_scp {
        return None;
    }
    let (url, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (reference, path) = fragment.split_once(':').unwrap_or((fragment, ""));
    Some(GitAddress { url, reference, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_urls_are_told_from_paths() {
        let parts = |url, reference, path| Some(GitAddress { url, reference, path });
        assert_eq!(
            git_address("https://h/r.git#v1:sub/dir"),
            parts("https://h/r.git", "v1", "sub/dir")
        );
        assert_eq!(git_address("git@h:a/r#main"), parts("git@h:a/r", "main", ""));
        assert_eq!(git_address("ssh://git@h/r"), parts("ssh://git@h/r", "", ""));
        for path in [".", "./a:b", "/x", "file:///x", "a@b/c"] {
            assert_eq!(git_address(path), None, "{path}");
        }
    }
}
