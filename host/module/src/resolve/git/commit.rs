//! The commit that a folder of the user's is at.

use super::program::Program;
use crate::git_reference::without_password;
use std::path::Path;
use std::sync::Arc;

/// The commit that a folder is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCommit {
    /// Address of the repository that `origin` names, without a password; none when there is no such.
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
        url: git(&["remote", "get-url", "origin"]).map(|url| without_password(&url)),
        commit,
        is_changed: git(&["status", "--porcelain", "--", "."]).is_none_or(|changes| !changes.is_empty()),
    })
}
