//! Where the source of an import path is, as the web server of its host says it: Go's rule for paths whose repository their form does not tell,
//! with `?go-get=1` and a `meta` element.

use crate::pack::ModuleSettings;
use crate::pack::http::{Fetched, get_within};
use dockwright_http::Proxies;
use std::time::Duration;

/// Most of a page that is read.
const PAGE: u64 = 1 << 20;
/// How long a host may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// The repository of an import path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoImport {
    /// The beginning of the path that is the repository.
    pub prefix: String,
    /// Its address.
    pub url: String,
}

/// What the server at `scheme` (`https` or `http`) says of the path, which begins with the host; none when it says nothing of a git
/// repository. Blocks the thread.
///
/// The error is a text for the user.
pub fn go_import(proxies: &Proxies, scheme: &str, path: &str) -> Result<Option<GoImport>, String> {
    let settings = ModuleSettings {
        proxies: proxies.clone(),
        ..ModuleSettings::default()
    };
    match get_within(&settings, &format!("{scheme}://{path}?go-get=1"), PAGE, PATIENCE)? {
        Fetched::Found(page) => Ok(find(&String::from_utf8_lossy(&page), path)),
        Fetched::Missing(_) => Ok(None),
    }
}

/// The `go-import` of the page that is about the path.
fn find(page: &str, path: &str) -> Option<GoImport> {
    let elements = page.split('<').filter_map(|text| {
        let text = text.split_once('>').map_or(text, |(element, _)| element);
        let name = text.get(..4)?;
        name.eq_ignore_ascii_case("meta")
            .then(|| text.get(4..).unwrap_or_default())
    });
    let imports = elements.filter(|element| attribute(element, "name").is_some_and(|name| name == "go-import"));
    let mut found = imports.filter_map(|element| {
        let content = attribute(element, "content")?;
        let mut words = content.split_whitespace();
        let (prefix, kind, url) = (words.next()?, words.next()?, words.next()?);
        let rest = path.strip_prefix(prefix)?;
        let is_about = rest.is_empty() || rest.starts_with('/');
        (is_about && kind == "git").then(|| GoImport {
            prefix: prefix.to_owned(),
            url: url.to_owned(),
        })
    });
    found.next()
}

/// The value of an attribute, in quotes or without.
fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = element;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.split_whitespace().next_back().unwrap_or_default();
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after.get(1..)?.split_once(quote)?,
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn told(page: &str, path: &str) -> String {
        find(page, path).map_or("-".to_owned(), |found| format!("{} at {}", found.prefix, found.url))
    }

    #[test]
    fn the_element_that_is_about_the_path_counts() {
        let page = r#"<html><head>
            <meta name="description" content="a=b">
            <meta name="go-import" content="go.example/other git https://git.example/other">
            <META content='go.example/x git https://git.example/acme/x' name=go-import />
            <meta name="go-source" content="go.example/x _ _ _"></head>"#;
        assert_eq!(told(page, "go.example/x"), "go.example/x at https://git.example/acme/x");
        assert_eq!(
            told(page, "go.example/x/lint"),
            "go.example/x at https://git.example/acme/x"
        );
        assert_eq!(told(page, "go.example/xy"), "-");
        assert_eq!(
            told(r#"<meta name="go-import" content="a.b/c hg https://d">"#, "a.b/c"),
            "-"
        );
        assert_eq!(told(r#"<meta name="go-import" content="a.b/c git">"#, "a.b/c"), "-");
        assert_eq!(told("<meta name=", "a.b/c"), "-");
    }
}
