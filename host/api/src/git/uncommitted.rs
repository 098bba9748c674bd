//! `GitRepository.uncommitted`: how the files beside a repository differ from its commit.

use super::local::Local;
use super::repository::{GitRepository, Place};
use crate::api::Api;
use crate::changeset::Changeset;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::ignore_rules::{GITIGNORE, left_out, pattern_of};
use dockwright_engine::llb::{CopyOptions, Output, file};
use std::sync::Arc;

impl GitRepository {
    /// What was changed since the commit of `HEAD`, without what git ignores. A repository elsewhere, and one without files, has nothing of the kind.
    pub(crate) async fn uncommitted(&self, api: &Arc<Api>) -> Result<Changeset, ApiError> {
        match &self.place {
            Place::Local(local) if !local.bare => changes(api, local).await,
            Place::Local(_) | Place::Remote(_) => {
                let empty = Directory::root(Output::scratch());
                Ok(Changeset::new(empty.clone(), empty))
            }
        }
    }
}

async fn changes(api: &Arc<Api>, local: &Local) -> Result<Changeset, ApiError> {
    let engine = api.engine().await?;
    // Before the first commit everything is new.
    let commit = match local.advertised().await?.references.is_empty() {
        true => None,
        false => Some(local.commit("HEAD").await?),
    };
    let (before, committed) = match &commit {
        Some(commit) => (local.tree(api, commit, false).await?, local.paths(commit).await?),
        None => (Output::scratch(), Vec::new()),
    };
    let (_, ignored) = left_out(engine, &local.directory.as_root(), GITIGNORE).await?;
    let mut exclude = vec![".git".to_owned()];
    exclude.extend(ignored.iter().map(|path| pattern_of(path)));
    // Rules to ignore say nothing of what was committed all the same.
    let is_ignored = |path: &&String| {
        ignored.iter().any(|above| {
            path.strip_prefix(above.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    exclude.extend(
        committed
            .iter()
            .filter(is_ignored)
            .map(|path| format!("!{}", pattern_of(path))),
    );
    let options = CopyOptions {
        exclude,
        ..CopyOptions::default()
    };
    let (source, path) = (&local.directory.output, &local.directory.path);
    let after = file::copy(&Output::scratch(), source, path, "/", &options);
    Ok(Changeset::new(Directory::root(before), Directory::root(after)))
}
