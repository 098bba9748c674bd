//! Names of images, in the grammar of the `distribution/reference` project, with Docker's defaults filled in.

use std::fmt;
use std::str::FromStr;

/// `registry/repository[:tag][@digest]` with nothing left out but the tag of a pinned one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageReference {
    /// Host and port of the registry: `docker.io`, `127.0.0.1:5000`.
    pub registry: String,
    /// Path in it: `library/python`.
    pub repository: String,
    /// Tag; none only beside a digest.
    pub tag: Option<String>,
    /// `sha256:…`
    pub digest: Option<String>,
}

/// A text that names no image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an image reference: {reason}")]
pub struct ReferenceError {
    /// What was given.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl ImageReference {
    /// The same image, pinned to a digest.
    #[must_use]
    pub fn with_digest(mut self, digest: impl Into<String>) -> Self {
        self.digest = Some(digest.into());
        self
    }

    /// Whether the registry runs on this machine, where Docker speaks plain HTTP too.
    pub fn is_loopback(&self) -> bool {
        let host = self
            .registry
            .rsplit_once(':')
            .map_or(self.registry.as_str(), |(host, _)| host);
        host == "localhost" || host == "[::1]" || host.starts_with("127.")
    }
}

impl FromStr for ImageReference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let error = |reason| ReferenceError {
            text: text.to_owned(),
            reason,
        };
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) if is_digest(digest) => (rest, Some(digest.to_owned())),
            Some(_) => return Err(error("the digest after @ must be sha256: and 64 hexadecimal digits")),
            None => (text, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        if let Some(tag) = tag
            && !is_tag(tag)
        {
            return Err(error("a tag has up to 128 letters, digits, _, . and -"));
        }
        let (registry, path) = match name.split_once('/') {
            Some((first, path)) if first == "localhost" || first.contains(['.', ':']) => (first, path),
            _ => ("docker.io", name),
        };
        if registry.is_empty()
            || !registry
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
        {
            return Err(error("the registry must be a host name with an optional port"));
        }
        if path.is_empty() {
            return Err(error("it has no name"));
        }
        if !path.split('/').all(is_path_component) {
            return Err(error(
                "names have lower-case letters and digits, separated by ., _, - or /",
            ));
        }
        let registry = if registry == "index.docker.io" {
            "docker.io"
        } else {
            registry
        };
        let repository = if registry == "docker.io" && !path.contains('/') {
            format!("library/{path}")
        } else {
            path.to_owned()
        };
        let tag = match (tag, &digest) {
            (None, None) => Some("latest".to_owned()),
            (tag, _) => tag.map(str::to_owned),
        };
        Ok(Self {
            registry: registry.to_owned(),
            repository,
            tag,
            digest,
        })
    }
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:")
        .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f')))
}

fn is_tag(text: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    text.len() <= 128
        && text.bytes().next().is_some_and(word)
        && text.bytes().all(|b| word(b) || b == b'.' || b == b'-')
}

fn is_path_component(text: &str) -> bool {
    let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends = |b: Option<u8>| b.is_some_and(alphanumeric);
    ends(text.bytes().next())
        && ends(text.bytes().next_back())
        && text.bytes().all(|b| alphanumeric(b) || matches!(b, b'.' | b'_' | b'-'))
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::ImageReference;

    fn canonical(text: &str) -> String {
        text.parse::<ImageReference>().unwrap().to_string()
    }

    #[test]
    fn defaults_are_filled_in() {
        assert_eq!(canonical("alpine"), "docker.io/library/alpine:latest");
        assert_eq!(canonical("moby/buildkit:v1"), "docker.io/moby/buildkit:v1");
        assert_eq!(canonical("127.0.0.1:5000/a/b"), "127.0.0.1:5000/a/b:latest");
        assert_eq!(canonical("localhost/a"), "localhost/a:latest");
        assert_eq!(canonical("index.docker.io/alpine:3"), "docker.io/library/alpine:3");
        let digest = format!("sha256:{}", "ab".repeat(32));
        assert_eq!(
            canonical(&format!("alpine@{digest}")),
            format!("docker.io/library/alpine@{digest}")
        );
        assert_eq!(
            canonical(&format!("ghcr.io/a/b:c@{digest}")),
            format!("ghcr.io/a/b:c@{digest}")
        );
    }

    #[test]
    fn a_canonical_name_stays_as_it_is() {
        for text in [
            "docker.io/library/python:3.12-slim",
            "registry.example.com:443/team/app:1.0",
        ] {
            assert_eq!(canonical(text), text);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "Alpine",
            "a b",
            "a:",
            "a@sha256:1",
            "/a",
            "a//b",
            "a:-x",
            "-a",
            "ghcr.io/",
        ] {
            assert!(text.parse::<ImageReference>().is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_is_recognised() {
        let loopback = |text: &str| text.parse::<ImageReference>().unwrap().is_loopback();
        assert!(loopback("127.0.0.1:5000/a") && loopback("localhost:5000/a") && loopback("[::1]:5000/a"));
        assert!(!loopback("alpine") && !loopback("ghcr.io/a/b"));
    }
}
