//! References to modules in git: `[transport]host/repository[.git][/path][@version]`, with `#` accepted for `@`.
//!
//! Which part is the repository is known for well-known hosts and where one part ends in `.git`; else the candidates are tried in order,
//! which `resolve/git` does.

use crate::reference::ReferenceError;
use std::fmt;

/// How a repository is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// Not said: https, then ssh.
    Any,
    /// `https://`
    Https,
    /// `http://`
    Http,
    /// `ssh://`
    Ssh,
    /// `user@host:path`, which is ssh.
    Scp,
    /// `git://`
    Git,
    /// `file://`
    File,
}

const PREFIXES: [(&str, Transport); 5] = [
    ("https://", Transport::Https),
    ("http://", Transport::Http),
    ("ssh://", Transport::Ssh),
    ("git://", Transport::Git),
    ("file://", Transport::File),
];

/// Hosts whose repositories are at a fixed depth: host, parts of the path.
const KNOWN_HOSTS: [(&str, usize); 7] = [
    ("github.com", 2),
    ("bitbucket.org", 2),
    ("codeberg.org", 2),
    ("gitea.com", 2),
    ("git.sr.ht", 2),
    ("dev.azure.com", 4),
    ("ssh.dev.azure.com", 4),
];

/// Hosts where groups nest, so that a repository is at this depth or deeper.
const NESTING_HOSTS: [(&str, usize); 1] = [("gitlab.com", 2)];

/// A module in git.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitRef {
    pub(crate) transport: Transport,
    user: Option<String>,
    /// With the port, if there is one; empty for `file://`.
    host: String,
    /// Parts of the path: the repository, then the path in it.
    parts: Vec<String>,
    version: Option<String>,
}

/// A repository that a reference may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// As `git clone` takes it.
    pub url: String,
    /// The module in it; empty for its root.
    pub subpath: String,
    /// Whether no other prefix of the path can be the repository.
    pub is_certain: bool,
    /// How it is reached.
    pub transport: Transport,
}

impl GitRef {
    /// Whether the text begins with something that only git has.
    pub(crate) fn has_transport(text: &str) -> bool {
        PREFIXES.iter().any(|(prefix, _)| text.starts_with(prefix)) || split_scp(text).is_some()
    }

    /// The reference in the text.
    ///
    /// # Errors
    /// It has no host or no path, a password, or characters that git or a file system would stumble over.
    pub fn parse(text: &str) -> Result<GitRef, ReferenceError> {
        let wrong =
            |message: &str| ReferenceError(format!("`{}` is no git reference: {message}", without_password(text)));
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(wrong("it has a blank, a backslash or a control character"));
        }
        let (transport, authority, path) = split(text);
        let (path, version) = split_version(path);
        if version.is_some_and(str::is_empty) {
            return Err(wrong("there is no version after `@`"));
        }
        if version.is_some_and(|version| version.contains(':')) {
            return Err(wrong(
                "a version has no `:`; the path goes before the version: `host/repository/path@version`",
            ));
        }
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        if user.is_some_and(|user| user.contains(':')) {
            return Err(ReferenceError(
                "a git reference must not hold a password: it would end in files and logs; use git's credential helper"
                    .to_owned(),
            ));
        }
        if user.is_some_and(|user| user.is_empty() || user.starts_with('-')) {
            return Err(wrong("the user before `@` is not one"));
        }
        if transport == Transport::Any && user.is_some() {
            return Err(wrong(
                "a user goes with `user@host:path` or with `https://` or `ssh://`",
            ));
        }
        if transport != Transport::File && !is_host(host) {
            return Err(wrong("it does not begin with a host, as in `github.com/acme/ci`"));
        }
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        if parts.is_empty() {
            return Err(wrong("there is no repository after the host"));
        }
        if parts.iter().any(|part| part == ".." || part == "." || part == ".git") {
            return Err(wrong("its path leads out of the repository"));
        }
        Ok(GitRef {
            transport,
            user: user.map(str::to_owned),
            host: host.to_lowercase(),
            parts,
            version: version.map(str::to_owned),
        })
    }

    /// The tag, branch or commit that it names.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The same module at another version.
    pub fn with_version(&self, version: &str) -> GitRef {
        GitRef {
            version: Some(version.to_owned()),
            ..self.clone()
        }
    }

    /// The same module without a version.
    pub fn without_version(&self) -> GitRef {
        GitRef {
            version: None,
            ..self.clone()
        }
    }

    /// The repositories that it may mean, the likeliest first.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let (shortest, is_certain) = self.repository_parts();
        let longest = if is_certain { shortest } else { self.parts.len() };
        let mut candidates = Vec::new();
        let transports: &[Transport] = match self.transport {
            // Azure's paths differ between the two.
            Transport::Any if self.host == "dev.azure.com" => &[Transport::Https],
            Transport::Any => &[Transport::Https, Transport::Ssh],
            ref one => std::slice::from_ref(one),
        };
        for transport in transports {
            for length in shortest..=longest {
                let (repository, inside) = self.parts.split_at(length.min(self.parts.len()));
                candidates.push(Candidate {
                    url: self.url(*transport, &repository.join("/")),
                    subpath: inside.join("/"),
                    is_certain,
                    transport: *transport,
                });
            }
        }
        candidates
    }

    /// Where a host can be asked which repository the path means, when its form does not tell: the scheme, and host and path.
    pub(crate) fn import_path(&self) -> Option<(&'static str, String)> {
        let (_, is_certain) = self.repository_parts();
        let scheme = match self.transport {
            Transport::Any | Transport::Https => "https",
            Transport::Http => "http",
            _ => return None,
        };
        (!is_certain && self.user.is_none()).then(|| (scheme, format!("{}/{}", self.host, self.parts.join("/"))))
    }

    /// The repository at `url`, which the host named for the beginning of the path; none when the address is not one of git's.
    pub(crate) fn imported(&self, prefix: &str, url: &str) -> Option<Candidate> {
        let (transport, authority, _) = split(url);
        let is_remote = !matches!(transport, Transport::Any | Transport::File);
        let (_, path) = self.import_path()?;
        let subpath = path.strip_prefix(prefix)?.trim_matches('/');
        let is_legal = !url.starts_with('-') && !url.chars().any(|c| c.is_control() || c.is_whitespace());
        let host = authority.rsplit('@').next().unwrap_or_default();
        (is_remote && is_legal && is_host(host) && without_password(url) == url).then(|| Candidate {
            url: url.to_owned(),
            subpath: subpath.to_owned(),
            is_certain: false,
            transport,
        })
    }

    /// How many parts of the path are the repository, at least, and whether it is exactly that many.
    fn repository_parts(&self) -> (usize, bool) {
        if let Some(at) = self.parts.iter().position(|part| part.ends_with(".git")) {
            return (at + 1, true);
        }
        let depth = |hosts: &[(&str, usize)]| {
            hosts
                .iter()
                .find(|(host, _)| *host == self.host)
                .map(|(_, parts)| *parts)
        };
        let count = self.parts.len();
        match (depth(&KNOWN_HOSTS), depth(&NESTING_HOSTS)) {
            (Some(parts), _) => (parts.min(count), true),
            (None, Some(parts)) => (parts.min(count), count <= parts),
            (None, None) => (1, count == 1),
        }
    }

    fn url(&self, transport: Transport, repository: &str) -> String {
        let user = self.user.as_deref().map(|user| format!("{user}@")).unwrap_or_default();
        let host = &self.host;
        match transport {
            Transport::Any | Transport::Https => format!("https://{user}{host}/{repository}"),
            Transport::Http => format!("http://{user}{host}/{repository}"),
            Transport::Ssh if self.transport == Transport::Any => format!("ssh://git@{host}/{repository}"),
            Transport::Ssh => format!("ssh://{user}{host}/{repository}"),
            Transport::Scp => format!("{user}{host}:{repository}"),
            Transport::Git => format!("git://{host}/{repository}"),
            Transport::File => format!("file:///{repository}"),
        }
    }
}

impl fmt::Display for GitRef {
    /// The reference as it is written to manifests and locks: `@` before the version, no needless slashes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.parts.join("/");
        match self.transport {
            Transport::Any => write!(f, "{}/{path}", self.host)?,
            transport => f.write_str(&self.url(transport, &path))?,
        }
        match &self.version {
            Some(version) => write!(f, "@{version}"),
            None => Ok(()),
        }
    }
}

/// Transport, host with user, and the rest.
fn split(text: &str) -> (Transport, &str, &str) {
    for (prefix, transport) in PREFIXES {
        if let Some(rest) = text.strip_prefix(prefix) {
            let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
            return (transport, authority, path);
        }
    }
    if let Some((authority, path)) = split_scp(text) {
        return (Transport::Scp, authority, path);
    }
    let (host, path) = text.split_once('/').unwrap_or((text, ""));
    (Transport::Any, host, path)
}

/// `user@host` and the path of `user@host:path`.
fn split_scp(text: &str) -> Option<(&str, &str)> {
    let (authority, path) = text.split_once(':')?;
    let is_scp = authority.contains('@') && !authority.contains('/') && !path.starts_with("//");
    is_scp.then_some((authority, path))
}

/// Path and version. A part of the path may itself begin with `@`, as packages of npm do.
fn split_version(path: &str) -> (&str, Option<&str>) {
    let mut before = '/';
    for (at, c) in path.char_indices() {
        if c == '#' || (c == '@' && before != '/') {
            let (path, version) = path.split_at(at);
            return (path, version.get(1..));
        }
        before = c;
    }
    (path, None)
}

/// The text as it may be shown: a password in it is taken out.
pub(crate) fn without_password(text: &str) -> String {
    let start = text.find("://").map_or(0, |at| at + 3);
    let (before, rest) = text.split_at(start);
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority
        .rsplit_once('@')
        .and_then(|(user, host)| Some((user.split_once(':')?.0, host)))
    {
        Some((user, host)) => format!("{before}{user}:…@{host}{path}"),
        None => text.to_owned(),
    }
}

fn is_host(host: &str) -> bool {
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// First candidate, how many there are, version, canonical text.
    fn read(text: &str) -> String {
        match GitRef::parse(text) {
            Err(error) => error.to_string(),
            Ok(reference) => {
                let candidates = reference.candidates();
                let first = &candidates[0];
                let version = reference.version().unwrap_or("-");
                format!(
                    "{} [{}] {} ({}) {reference}",
                    first.url,
                    first.subpath,
                    version,
                    candidates.len()
                )
            }
        }
    }

    #[test]
    fn forms() {
        insta::assert_snapshot!(read("github.com/acme/ci"), @"https://github.com/acme/ci [] - (2) github.com/acme/ci");
        insta::assert_snapshot!(read("github.com/acme/ci/lint/go@v1.2.0"), @"https://github.com/acme/ci [lint/go] v1.2.0 (2) github.com/acme/ci/lint/go@v1.2.0");
        insta::assert_snapshot!(read("GitHub.com/Acme/ci.git/lint#main"), @"https://github.com/Acme/ci.git [lint] main (2) github.com/Acme/ci.git/lint@main");
        insta::assert_snapshot!(read("https://bot@github.com/acme/ci/@feature/x"), @"https://bot@github.com/acme/ci [@feature/x] - (1) https://bot@github.com/acme/ci/@feature/x");
        insta::assert_snapshot!(read("git@github.com:acme/ci.git/lint@feature/x"), @"git@github.com:acme/ci.git [lint] feature/x (1) git@github.com:acme/ci.git/lint@feature/x");
        insta::assert_snapshot!(read("ssh://git@git.example.com:2222/acme/ci.git@v1"), @"ssh://git@git.example.com:2222/acme/ci.git [] v1 (1) ssh://git@git.example.com:2222/acme/ci.git@v1");
        insta::assert_snapshot!(read("git://example.com/ci.git"), @"git://example.com/ci.git [] - (1) git://example.com/ci.git");
        insta::assert_snapshot!(read("file:///srv/git/ci.git/lint@main"), @"file:///srv/git/ci.git [lint] main (1) file:///srv/git/ci.git/lint@main");
        insta::assert_snapshot!(read("dev.azure.com/org/project/_git/repo/lint@v1"), @"https://dev.azure.com/org/project/_git/repo [lint] v1 (1) dev.azure.com/org/project/_git/repo/lint@v1");
        insta::assert_snapshot!(read("git@ssh.dev.azure.com:v3/org/project/repo/lint"), @"git@ssh.dev.azure.com:v3/org/project/repo [lint] - (1) git@ssh.dev.azure.com:v3/org/project/repo/lint");
        insta::assert_snapshot!(read("gitlab.com/group/sub/repo/lint"), @"https://gitlab.com/group/sub [repo/lint] - (6) gitlab.com/group/sub/repo/lint");
        insta::assert_snapshot!(read("git.example.com/acme/ci/lint"), @"https://git.example.com/acme [ci/lint] - (6) git.example.com/acme/ci/lint");
        insta::assert_snapshot!(read("github.com/acme/ci/packages/@acme/lint@lint@1.0.0"), @"https://github.com/acme/ci [packages/@acme/lint] lint@1.0.0 (2) github.com/acme/ci/packages/@acme/lint@lint@1.0.0");
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            without_password("https://me:se@cret@host/a@v1"),
            "https://me:…@host/a@v1"
        );
        for text in [
            "https://host:80/a@v1",
            "git@host:acme/ci@v1",
            "me@host/a:b@c",
            "./a:b@c",
        ] {
            assert_eq!(without_password(text), text);
        }
    }

    #[test]
    fn what_is_none() {
        insta::assert_snapshot!(read("github.com"), @"`github.com` is no git reference: there is no repository after the host");
        insta::assert_snapshot!(read("github.com/acme/ci@"), @"`github.com/acme/ci@` is no git reference: there is no version after `@`");
        insta::assert_snapshot!(read("github.com/acme/ci/../../x"), @"`github.com/acme/ci/../../x` is no git reference: its path leads out of the repository");
        insta::assert_snapshot!(read("https://me:secret@github.com/acme/ci"), @"a git reference must not hold a password: it would end in files and logs; use git's credential helper");
        insta::assert_snapshot!(read("git@-oProxyCommand=x:acme/ci"), @"`git@-oProxyCommand=x:acme/ci` is no git reference: it does not begin with a host, as in `github.com/acme/ci`");
        insta::assert_snapshot!(read("https:///acme/ci"), @"`https:///acme/ci` is no git reference: it does not begin with a host, as in `github.com/acme/ci`");
        insta::assert_snapshot!(read("github.com/acme/ci x"), @"`github.com/acme/ci x` is no git reference: it has a blank, a backslash or a control character");
        insta::assert_snapshot!(read("github.com/acme/ci#main:lint"), @"`github.com/acme/ci#main:lint` is no git reference: a version has no `:`; the path goes before the version: `host/repository/path@version`");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "(https://|http://|ssh://git@|git@|git://|file:///|)[a-z]{1,6}(\\.[a-z]{2,3})?[:/][a-zA-Z0-9@._/-]{1,30}([@#][a-zA-Z0-9@._/-]{1,10})?") {
            if let Ok(reference) = GitRef::parse(&text) {
                prop_assert_eq!(GitRef::parse(&reference.to_string()), Ok(reference));
            }
        }

        #[test]
        fn candidates_stay_below_the_host(text in "\\PC{0,60}") {
            if let Ok(reference) = GitRef::parse(&text) {
                for candidate in reference.candidates() {
                    prop_assert!(!candidate.url.starts_with('-'));
                    prop_assert!(!candidate.subpath.split('/').any(|part| part == ".."));
                }
            }
        }
    }
}
