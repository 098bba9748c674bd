//! Where file systems come from: images, directories of the client, git repositories, downloads.
//!
//! Identifiers and attribute names are BuildKit's (`source/` and `solver/pb/attr.go` of its tree).

use super::{Node, Output, audience};
use crate::Platform;
use bollard_buildkit_proto::pb::{self, op::Op as OpKind};
use std::collections::BTreeMap;

fn source(identifier: String, attributes: &[(&str, &str)], platform: Option<&Platform>, name: String) -> Output {
    let mut attrs: BTreeMap<String, String> = attributes
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    audience::separate(&mut attrs);
    let op = OpKind::Source(pb::SourceOp { identifier, attrs });
    Output::new(Node::new(op, Vec::new(), platform.map(Platform::to_proto), name), 0)
}

/// The root file system of an image. Pin `reference` by digest ([`crate::Engine::resolve_image`]), else each engine asks the registry.
pub fn image(reference: &str, platform: &Platform) -> Output {
    // A pinned image that is here already needs no word from its registry.
    let attributes: &[(&str, &str)] = if reference.contains('@') {
        &[("image.resolvemode", "local")]
    } else {
        &[]
    };
    source(
        format!("docker-image://{reference}"),
        attributes,
        Some(platform),
        format!("pull {}", short_reference(reference)),
    )
}

/// A directory that the client uploads when the engine asks, as [`crate::Engine::add_local`] registers it.
///
/// An engine keeps the upload by `session`; `hint` finds an earlier upload of the same selection of files.
pub fn local(name: &str, session: &str, hint: &str) -> Output {
    let attributes = [("local.session", session), ("local.sharedkeyhint", hint)];
    let key = local_key(name, hint);
    source(format!("local://{key}"), &attributes, None, format!("upload {name}"))
}

/// What the engine asks for a directory by: two selections of one directory are two.
pub(crate) fn local_key(name: &str, hint: &str) -> String {
    format!("{name}#{}", hint.get(..8).unwrap_or(hint))
}

/// How a git repository is fetched. Secrets and sockets are named by the ids under which the engine knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitOptions {
    /// Leave `.git` in it, with no more history than the one commit.
    pub keep_git_dir: bool,
    /// Leave the folders of submodules empty.
    pub skip_submodules: bool,
    /// The secret that is the value of the header `Authorization`.
    pub auth_header: Option<String>,
    /// The socket of an SSH agent.
    pub ssh_socket: Option<String>,
    /// Lines of `known_hosts`; empty trusts any host.
    pub known_hosts: String,
    /// The commit that the reference must lead to; empty for any.
    pub commit: String,
}

/// A git repository at a branch, tag or commit. The engine's image must hold `git`. What it holds is known to the engine by its commit, apart for
/// each set of credentials; ask [`crate::Engine::admit_git`] before it is used.
pub fn git(remote: &str, reference: &str, options: &GitOptions) -> Output {
    let mut attributes = vec![("git.fullurl", remote)];
    let optional = [
        ("git.authheadersecret", options.auth_header.as_deref()),
        ("git.mountsshsock", options.ssh_socket.as_deref()),
        ("git.knownsshhosts", Some(options.known_hosts.as_str())),
        ("git.checksum", Some(options.commit.as_str())),
        ("git.skipsubmodules", options.skip_submodules.then_some("true")),
        ("git.keepgitdir", options.keep_git_dir.then_some("true")),
    ];
    let given = optional.into_iter().filter_map(|(name, value)| Some((name, value?)));
    attributes.extend(given.filter(|(_, value)| !value.is_empty()));
    source(
        format!("git://{}#{reference}", place_of(remote)),
        &attributes,
        None,
        format!("git {remote}#{reference}"),
    )
}

/// Host and path of a repository, whatever the protocol and the user: the engine wants them apart from the URL.
fn place_of(remote: &str) -> String {
    let (host, path) = match remote.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None => remote.split_once(':').unwrap_or((remote, "")),
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{host}/{}", path.trim_start_matches('/'))
}

/// How a file is fetched by HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpOptions {
    /// A `sha256:…` it must have.
    pub checksum: Option<String>,
    /// Permission bits; none is the engine's choice.
    pub permissions: Option<u32>,
    /// The secret that is the value of the header `Authorization`.
    pub auth_header: Option<String>,
}

/// A file fetched by HTTP(S), under `/filename`.
pub fn http(url: &str, filename: &str, options: &HttpOptions) -> Output {
    let permissions = options.permissions.map(|mode| format!("0{mode:o}"));
    let optional = [
        ("http.filename", Some(filename)),
        ("http.checksum", options.checksum.as_deref()),
        ("http.perm", permissions.as_deref()),
        ("http.authheadersecret", options.auth_header.as_deref()),
    ];
    let attributes: Vec<(&str, &str)> = optional
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    source(url.to_owned(), &attributes, None, format!("fetch {url}"))
}

/// The reference as users write it: no default registry, no digest.
fn short_reference(reference: &str) -> &str {
    let reference = reference.split_once('@').map_or(reference, |(name, _)| name);
    let reference = reference.strip_prefix("docker.io/").unwrap_or(reference);
    reference.strip_prefix("library/").unwrap_or(reference)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{HttpOptions, http, image, local, place_of, short_reference};
    use crate::Platform;

    #[test]
    fn names_are_what_users_wrote() {
        assert_eq!(
            short_reference("docker.io/library/python:3.12@sha256:00"),
            "python:3.12"
        );
        assert_eq!(short_reference("docker.io/moby/buildkit:v1"), "moby/buildkit:v1");
        assert_eq!(short_reference("ghcr.io/a/b:c"), "ghcr.io/a/b:c");
    }

    #[test]
    fn a_repository_is_at_a_host_and_a_path() {
        for (remote, place) in [
            ("https://h/a/r.git", "h/a/r.git"),
            ("ssh://git@h:2222/a/r", "h:2222/a/r"),
            ("git@h:a/r.git", "h/a/r.git"),
            ("git@h:/a/r.git", "h/a/r.git"),
            ("http://u:p@h:80/r", "h:80/r"),
        ] {
            assert_eq!(place_of(remote), place);
        }
    }

    #[test]
    fn what_differs_in_result_differs_in_digest() {
        let amd64 = Platform::linux("amd64");
        assert_ne!(image("a:1", &amd64), image("a:1", &Platform::linux("arm64")));
        assert_ne!(local("src", "s1", "h"), local("src", "s2", "h"));
        let plain = HttpOptions::default();
        assert_ne!(http("http://a/x", "x", &plain), http("http://a/x", "y", &plain));
        assert_eq!(image("a:1", &amd64), image("a:1", &amd64));
        assert_eq!(image("a:1", &amd64).node().unwrap().name, "pull a:1");
    }
}
