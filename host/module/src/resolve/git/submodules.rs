//! Submodules of a commit: their files go where the commit has them. An address comes from the repository, so it leads to other repositories
//! on the network only, unless the repository is one of this machine itself.

use super::program::{Complaint, Failure, Program, other};
use super::refs::Target;
use super::store::{Store, copy};
use std::collections::HashMap;
use std::path::{Component, Path};

/// A commit whose submodules are wanted.
pub(super) struct Parent<'a> {
    /// The repository's objects.
    pub repository: &'a Path,
    /// Addresses of the repository and of those that it is a submodule of, the repository's last.
    pub urls: &'a [&'a str],
    /// The commit.
    pub commit: &'a str,
}

impl Parent<'_> {
    /// Puts the files of all submodules, and of theirs, below `files`, where the commit's own are. Gives all addresses that they came from.
    pub(super) fn check_out_submodules(
        &self,
        store: &Store,
        git: &Program,
        files: &Path,
        may_ask: bool,
    ) -> Result<Vec<String>, Failure> {
        let listed = git.run(Some(self.repository), false, &["ls-tree", "-r", "-z", self.commit])?;
        let links = listed.split('\0').filter_map(|line| {
            let (kind, path) = line.split_once('\t')?;
            Some((kind.strip_prefix("160000 commit ")?, path))
        });
        let links: Vec<(&str, &str)> = links.collect();
        let mut origins = Vec::new();
        if links.is_empty() {
            return Ok(origins);
        }
        let addresses = self.addresses(git);
        for (commit, path) in links {
            // A link without an address is a folder without files, to git too.
            let Some(address) = addresses.get(path) else { continue };
            let named = |failure: Failure| match failure.complaint {
                Complaint::Cancelled => failure,
                Complaint::Unlisted => Failure {
                    message: format!("its submodule `{path}`: {}", failure.message),
                    ..failure
                },
                _ => other(format!("submodule `{path}` ({address}): {}", failure.message)),
            };
            let came = self.check_out(store, git, (address, commit), &files.join(path), may_ask);
            origins.extend(came.map_err(named)?);
        }
        Ok(origins)
    }

    fn check_out(
        &self,
        store: &Store,
        git: &Program,
        (address, commit): (&str, &str),
        to: &Path,
        may_ask: bool,
    ) -> Result<Vec<String>, Failure> {
        let base = self.urls.last().copied().unwrap_or_default();
        let url = resolved(base, address).map_err(other)?;
        if self.urls.contains(&url.as_str()) {
            return Err(other("a repository cannot be a submodule of itself here".to_owned()));
        }
        if !to.components().all(|part| !matches!(part, Component::ParentDir)) {
            return Err(other("its path leads out of the repository".to_owned()));
        }
        let target = Target {
            commit: commit.to_owned(),
            name: None,
        };
        let checkout = store.fetch_within(git, &url, &target, may_ask, self.urls)?;
        copy(&checkout.files, to).map_err(|error| other(error.to_string()))?;
        Ok(checkout.origins.unwrap_or_else(|| vec![url]))
    }

    /// Addresses by path, as the commit's `.gitmodules` has them.
    fn addresses(&self, git: &Program) -> HashMap<String, String> {
        let blob = format!("{}:.gitmodules", self.commit);
        let wanted = r"^submodule\..*\.(path|url)$";
        let arguments = ["config", "--blob", &blob, "-z", "--get-regexp", wanted];
        // There may be none, or one that git cannot read.
        let text = git.run(Some(self.repository), false, &arguments).unwrap_or_default();
        let mut paths: HashMap<&str, &str> = HashMap::new();
        let mut urls: HashMap<&str, &str> = HashMap::new();
        for (key, value) in text.split('\0').filter_map(|entry| entry.split_once('\n')) {
            match key.rsplit_once('.') {
                Some((name, "path")) => paths.insert(name, value),
                Some((name, _)) => urls.insert(name, value),
                None => None,
            };
        }
        let both = paths.iter().filter_map(|(name, path)| Some((path, urls.get(name)?)));
        both.map(|(path, url)| ((*path).to_owned(), (*url).to_owned()))
            .collect()
    }
}

/// The submodule's address, which may be relative to that of its repository.
fn resolved(base: &str, address: &str) -> Result<String, String> {
    if address.starts_with("./") || address.starts_with("../") {
        let mut base = base.trim_end_matches('/').to_owned();
        let mut rest = address;
        loop {
            if let Some(next) = rest.strip_prefix("./") {
                rest = next;
            } else if let Some(next) = rest.strip_prefix("../") {
                let cut = base
                    .rfind(['/', ':'])
                    .filter(|cut| !base.get(..*cut).unwrap_or_default().ends_with('/'));
                base.truncate(cut.ok_or("its address leads out of its host")?);
                rest = next;
            } else {
                return Ok(format!("{base}/{rest}"));
            }
        }
    }
    let is_remote = ["https://", "http://", "ssh://", "git://"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    let is_scp = !address.contains("://")
        && !address.contains("::")
        && address
            .split_once(':')
            .is_some_and(|(host, _)| host.contains('@') && !host.contains('/') && !host.starts_with('-'));
    let is_own = address.starts_with("file:///") && base.starts_with("file:///");
    match is_remote || is_scp || is_own {
        true => Ok(address.to_owned()),
        false => Err("its address is none of a repository on the network".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::resolved;

    #[test]
    fn addresses_are_relative_to_the_repository() {
        let of = |base: &str, address: &str| resolved(base, address).unwrap_or_else(|error| error);
        assert_eq!(of("https://h/acme/ci", "../lib.git"), "https://h/acme/lib.git");
        assert_eq!(of("https://h/acme/ci.git", "../../other/lib"), "https://h/other/lib");
        assert_eq!(of("https://h/acme/ci", "./lib"), "https://h/acme/ci/lib");
        assert_eq!(of("git@h:acme/ci", "../lib"), "git@h:acme/lib");
        assert_eq!(of("https://h/ci", "https://other/lib"), "https://other/lib");
        assert_eq!(of("https://h/ci", "git@other:lib"), "git@other:lib");
        assert_eq!(of("file:///srv/ci", "file:///srv/lib"), "file:///srv/lib");
        assert_eq!(of("https://h/ci", "../../../lib"), "its address leads out of its host");
        for address in ["file:///etc", "/etc", "ext::sh -c id", "-oProxyCommand=x@h:y", "lib"] {
            assert_eq!(
                of("https://h/ci", address),
                "its address is none of a repository on the network",
                "{address}"
            );
        }
    }
}
