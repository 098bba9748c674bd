//! The commit that a folder of the user's is at.

use super::program::Program;
use std::path::Path;
use std::sync::Arc;

/// The commit that a folder is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCommit {
    /// Address of the repository that `origin` names, without user and password; none when there is no such.
    pub url: Option<String>,
    /// The commit.
    pub commit: String,
    /// Whether files of the folder differ from it.
    pub is_changed: bool,
}

/// The commit that the folder is at; none when it is in no repository, or there is no git.
pub fn source_commit(folder: &Path) -> Option<SourceCommit> {
    let program = Program::new(Arc::default());
    let git = |arguments: &[&str]| {
        let told = program.run(Some(folder), false, arguments).ok()?;
        Some(told.trim().to_owned())
    };
    let commit = git(&["rev-parse", "--verify", "HEAD"])?;
    Some(SourceCommit {
        url: git(&["remote", "get-url", "origin"]).map(|url| without_user(&url)),
        commit,
        is_changed: git(&["status", "--porcelain", "--", "."]).is_none_or(|changes| !changes.is_empty()),
    })
}

/// The address without who may read it. In the short form for SSH the user is a part of the address.
fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_nobody() {
        for (url, expected) in [
            ("https://user:secret@h.example/a@b", "https://h.example/a@b"),
            ("https://token@h.example", "https://h.example"),
            ("ssh://git@h.example:22/a", "ssh://h.example:22/a"),
            ("git@h.example:a/b", "git@h.example:a/b"),
            ("/srv/a", "/srv/a"),
        ] {
            assert_eq!(without_user(url), expected);
        }
        assert_eq!(source_commit(Path::new("/nonexistent")), None);
    }
}
