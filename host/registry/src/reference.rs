//! References to artifacts: `oci://host[:port]/repository[:tag][@sha256:…]`, in the grammar of the OCI distribution specification.

use crate::digest::Digest;
use std::fmt;
use std::str::FromStr;

/// How a reference begins.
pub const SCHEME: &str = "oci://";
/// The tag that stands where none is given.
const DEFAULT_TAG: &str = "latest";
/// Names of Docker's hub, and the host that serves it.
const HUB: [&str; 2] = ["docker.io", "index.docker.io"];
const HUB_HOST: &str = "registry-1.docker.io";

/// Where an artifact is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    registry: String,
    repository: String,
    tag: Option<String>,
    digest: Option<Digest>,
}

/// A text that is no reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
#[error("`{text}` is no reference to a module in a registry: {message}")]
#[diagnostic(
    code(registry::reference),
    help(
        "write `oci://HOST/NAME:TAG` or `oci://HOST/NAME@sha256:DIGEST`, such as `oci://registry.example/acme/lint:1.2`"
    )
)]
pub struct InvalidReference {
    text: String,
    message: String,
}

impl Reference {
    /// Host and port of the registry, as written.
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// Host and port that answer for the registry.
    pub fn host(&self) -> &str {
        if HUB.contains(&self.registry.as_str()) {
            HUB_HOST
        } else {
            &self.registry
        }
    }

    /// Name of the repository in the registry.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The tag; none when there is a digest alone.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The digest, when the reference is pinned.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// The same artifact, pinned to what it was found to be.
    #[must_use]
    pub fn pinned(&self, digest: Digest) -> Reference {
        Reference {
            digest: Some(digest),
            ..self.clone()
        }
    }

    /// The same repository under another tag, whatever is there.
    #[must_use]
    pub(crate) fn tagged(&self, tag: &str) -> Reference {
        Reference {
            tag: Some(tag.to_owned()),
            digest: None,
            ..self.clone()
        }
    }

    /// The repository's name for rules about it: one spelling for all that lead to the same place.
    pub fn canonical_name(&self) -> String {
        let host = self.registry.to_ascii_lowercase();
        let host = host.strip_suffix(":443").unwrap_or(&host);
        let host = host.strip_suffix('.').unwrap_or(host);
        let host = if HUB.contains(&host) || host == HUB_HOST {
            "docker.io"
        } else {
            host
        };
        format!("{host}/{}", self.repository)
    }

    /// Whether the registry is on this machine, where connections are not encrypted.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.registry)
    }
}

/// Whether a host, with or without a port, is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address = name.parse::<std::net::IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

impl FromStr for Reference {
    type Err = InvalidReference;

    fn from_str(text: &str) -> Result<Reference, InvalidReference> {
        let invalid = |message: &str| InvalidReference {
            text: text.to_owned(),
            message: message.to_owned(),
        };
        let rest = text
            .strip_prefix(SCHEME)
            .ok_or_else(|| invalid("it does not begin with `oci://`"))?;
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) => {
                let digest = digest.parse().map_err(|error| invalid(&format!("{error}")))?;
                (rest, Some(digest))
            }
            None => (rest, None),
        };
        let (registry, rest) = rest
            .split_once('/')
            .ok_or_else(|| invalid("there is no name after the registry's host"))?;
        if !is_host(registry) {
            return Err(invalid(&format!("`{registry}` is no host")));
        }
        let (repository, tag) = match rest.split_once(':') {
            Some((repository, tag)) if is_tag(tag) => (repository, Some(tag.to_owned())),
            Some((_, tag)) => {
                return Err(invalid(&format!(
                    "the tag `{tag}` should be at most 128 letters, digits, `_`, `.` and `-`"
                )));
            }
            None => (rest, None),
        };
        if repository.len() > 255 || !repository.split('/').all(is_component) {
            return Err(invalid(&format!(
                "the name `{repository}` should be lower-case letters and digits, with `.`, `_`, `-` and `/` between them"
            )));
        }
        let tag = tag.or_else(|| digest.is_none().then(|| DEFAULT_TAG.to_owned()));
        Ok(Reference {
            registry: registry.to_owned(),
            repository: repository.to_owned(),
            tag,
            digest,
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

fn is_host(text: &str) -> bool {
    format!("http://{text}/")
        .parse::<http::Uri>()
        .is_ok_and(|uri| uri.authority().is_some_and(|authority| authority.as_str() == text))
        && !text.contains('@')
}

fn is_tag(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=128).contains(&text.len()) && text.bytes().all(legal) && !text.starts_with(['.', '-'])
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn is_component(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    bytes.first().is_some_and(plain)
        && bytes.last().is_some_and(plain)
        && bytes
            .split(plain)
            .all(|between| matches!(between, b"" | b"." | b"_" | b"__") || between.iter().all(|byte| *byte == b'-'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use proptest::prelude::*;

    const DIGEST: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    #[test]
    fn parts_are_found() {
        let reference: Reference = "oci://127.0.0.1:5000/acme/lint:1.2".parse().unwrap();
        assert_eq!(
            (reference.registry(), reference.repository()),
            ("127.0.0.1:5000", "acme/lint")
        );
        assert_eq!((reference.tag(), reference.digest()), (Some("1.2"), None));
        assert!(reference.is_loopback());
        let pinned: Reference = format!("oci://ghcr.io/acme/lint@{DIGEST}").parse().unwrap();
        assert_eq!(
            (pinned.tag(), pinned.digest().unwrap().to_string()),
            (None, DIGEST.to_owned())
        );
        assert!(!pinned.is_loopback());
        let latest: Reference = "oci://docker.io/acme/lint".parse().unwrap();
        assert_eq!((latest.tag(), latest.host()), (Some("latest"), "registry-1.docker.io"));
        let both = format!("oci://[::1]:5000/a/b__c-d:v1@{DIGEST}");
        assert_eq!(both.parse::<Reference>().unwrap().to_string(), both);
    }

    #[test]
    fn all_spellings_of_a_repository_have_one_name() {
        for text in [
            "oci://docker.io/acme/lint",
            "oci://index.docker.io/acme/lint:1",
            "oci://registry-1.docker.io:443/acme/lint",
            "oci://Docker.IO./acme/lint",
        ] {
            let reference: Reference = text.parse().unwrap();
            assert_eq!(reference.canonical_name(), "docker.io/acme/lint", "{text}");
        }
        let local: Reference = "oci://127.0.0.1:5000/a/b:1".parse().unwrap();
        assert_eq!(local.canonical_name(), "127.0.0.1:5000/a/b");
        assert_eq!(local.tagged("x").to_string(), "oci://127.0.0.1:5000/a/b:x");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let message = |text: &str| text.parse::<Reference>().unwrap_err().to_string();
        insta::assert_snapshot!(message("oci://ghcr.io"), @"`oci://ghcr.io` is no reference to a module in a registry: there is no name after the registry's host");
        insta::assert_snapshot!(message("oci://ghcr.io/Acme/x"), @"`oci://ghcr.io/Acme/x` is no reference to a module in a registry: the name `Acme/x` should be lower-case letters and digits, with `.`, `_`, `-` and `/` between them");
        insta::assert_snapshot!(message("oci://ghcr.io/acme/x:"), @"`oci://ghcr.io/acme/x:` is no reference to a module in a registry: the tag `` should be at most 128 letters, digits, `_`, `.` and `-`");
        insta::assert_snapshot!(message("oci://ghcr.io/acme/x@sha256:12"), @"`oci://ghcr.io/acme/x@sha256:12` is no reference to a module in a registry: `sha256:12` is no digest: expected `sha256:` and 64 hexadecimal digits");
        insta::assert_snapshot!(message("oci://user@host/x"), @"`oci://user@host/x` is no reference to a module in a registry: `host/x` is no digest: expected `sha256:` and 64 hexadecimal digits");
        for text in [
            "oci:///x",
            "oci://h/../x",
            "oci://h/a//b",
            "oci://h/a_-b",
            "oci://h/a?x=1",
            "oci://h h/a",
        ] {
            assert!(text.parse::<Reference>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_parses_is_written_so_that_it_parses_again(text in "oci://[a-z.0-9:]{1,12}/[a-z0-9._/-]{1,20}(:[A-Za-z0-9._-]{1,8})?") {
            if let Ok(reference) = text.parse::<Reference>() {
                prop_assert_eq!(reference.to_string().parse::<Reference>().unwrap(), reference);
            }
        }

        #[test]
        fn no_text_is_a_surprise(text in "\\PC*") {
            let _unused = format!("oci://{text}").parse::<Reference>();
        }
    }
}
