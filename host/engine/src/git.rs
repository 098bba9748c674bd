//! What a git repository elsewhere has at a branch, tag or commit, as the engine sees it.

use crate::llb::Output;
use crate::{Engine, SolveError};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{ResolveSourceGitRequest, ResolveSourceMetaRequest};
use bollard_buildkit_proto::pb::op::Op as OpKind;

/// A reference of a repository and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedGit {
    /// Full name, as `refs/heads/main`; a commit's own digest for a commit.
    pub reference: String,
    /// The commit, also when the reference is an annotated tag.
    pub commit: String,
}

impl Engine {
    /// Looks up what a source of [`crate::llb::source::git`] leads to, with the credentials that it names.
    ///
    /// # Errors
    /// The repository cannot be reached or has no such reference, in the engine's words.
    pub async fn resolve_git(&self, source: &Output) -> Result<ResolvedGit, SolveError> {
        let failed = |message: String| SolveError::Failed {
            operation: source.node().map(|node| node.name.clone()),
            message,
        };
        let op = source.node().and_then(|node| node.op()?.op);
        let Some(OpKind::Source(op)) = op else {
            return Err(failed("it is no git repository".to_owned()));
        };
        self.announce_git(&op);
        let request = ResolveSourceMetaRequest {
            source: Some(op),
            git: Some(ResolveSourceGitRequest::default()),
            ..ResolveSourceMetaRequest::default()
        };
        let answer = match self.inner.build.bridge().resolve_source_meta(request).await {
            Ok(answer) => answer.into_inner(),
            Err(status) => {
                return Err(self
                    .lost(&status)
                    .unwrap_or_else(|| failed(status.message().to_owned())));
            }
        };
        let git = answer
            .git
            .ok_or_else(|| failed("the engine cannot look at git repositories".to_owned()))?;
        self.admit_git(source).await?;
        let commit = if git.commit_checksum.is_empty() {
            git.checksum
        } else {
            git.commit_checksum
        };
        Ok(ResolvedGit {
            reference: git.r#ref,
            commit,
        })
    }
}
