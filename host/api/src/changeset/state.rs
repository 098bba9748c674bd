//! What a changeset is, and what it does to other directories.

use super::paths::{Paths, topmost};
use crate::api::Api;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::ignore_rules::pattern_of;
use crate::paths;
use dockwright_engine::llb::{CopyOptions, Output, file};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// State of a changeset.
#[derive(Debug)]
pub(crate) struct Changeset {
    /// The older directory.
    pub before: Directory,
    /// The newer directory.
    pub after: Directory,
    paths: OnceCell<Arc<Paths>>,
}

impl Changeset {
    pub(crate) fn new(before: Directory, after: Directory) -> Changeset {
        Changeset {
            before,
            after,
            paths: OnceCell::new(),
        }
    }

    /// The paths that differ, found out once.
    pub(crate) async fn paths(&self, api: &Arc<Api>) -> Result<Arc<Paths>, ApiError> {
        let find = || async {
            if (&self.before.output, &self.before.path) == (&self.after.output, &self.after.path) {
                return Ok(Arc::default());
            }
            let engine = api.engine().await?;
            let (before, after) = (self.before.as_root(), self.after.as_root());
            Paths::between(engine, &before, &after).await.map(Arc::new)
        };
        self.paths.get_or_try_init(find).await.cloned()
    }

    /// A file system with what was added or modified.
    pub(crate) async fn layer(&self, api: &Arc<Api>) -> Result<Output, ApiError> {
        let paths = self.paths(api).await?;
        Ok(self.put(&Output::scratch(), "/", &paths))
    }

    /// A file system with the changes made to the directory `at`.
    pub(crate) async fn apply(&self, api: &Arc<Api>, base: &Output, at: &str) -> Result<Output, ApiError> {
        let paths = self.paths(api).await?;
        Ok(self.put(&take(base, at, &paths), at, &paths))
    }

    /// `base` with what was added or modified copied to `at`.
    pub(super) fn put(&self, base: &Output, at: &str, changed: &Paths) -> Output {
        let mut include: Vec<String> = topmost(&changed.added);
        include.extend(changed.modified.iter().cloned());
        if include.is_empty() {
            return base.clone();
        }
        let options = CopyOptions {
            include: include
                .iter()
                .map(|path| pattern_of(path.trim_end_matches('/')))
                .collect(),
            replace: true,
            ..CopyOptions::default()
        };
        file::copy(base, &self.after.output, &self.after.path, at, &options)
    }

    /// The contents of files before and after; links have their targets.
    pub(super) async fn contents(
        &self,
        api: &Arc<Api>,
        before: HashSet<String>,
        after: HashSet<String>,
    ) -> Result<(HashMap<String, Vec<u8>>, HashMap<String, Vec<u8>>), ApiError> {
        let engine = api.engine().await?;
        let read = |tree: Output, wanted: HashSet<String>| async move {
            if wanted.is_empty() {
                return Ok(HashMap::new());
            }
            engine
                .read_files(&tree, move |entry| wanted.contains(&entry.path))
                .await
        };
        Ok(tokio::try_join!(
            read(self.before.as_root(), before),
            read(self.after.as_root(), after)
        )?)
    }
}

/// `base` without what was removed from below `at`.
pub(super) fn take(base: &Output, at: &str, changed: &Paths) -> Output {
    topmost(&changed.removed).iter().fold(base.clone(), |output, path| {
        file::rm(&output, &paths::join(at, path), true, false)
    })
}

/// Names of a map's files.
pub(super) fn names<T>(files: &BTreeMap<String, T>) -> HashSet<String> {
    files.keys().cloned().collect()
}
