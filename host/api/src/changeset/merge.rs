//! Two changesets as one.

use super::paths::Paths;
use super::state::{Changeset, take};
use super::three_way::{Merge, Versions};
use crate::api::Api;
use crate::directory::{Directory, copy_directory};
use crate::error::ApiError;
use dockwright_engine::llb::{CopyOptions, Output, file};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What happens where both change the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnConflict {
    /// It is an error, even if the changes would go together.
    FailEarly,
    /// It is an error unless the changes go together.
    Fail,
    /// The file shows both, with marks around them.
    Mark,
    /// The first one wins.
    Ours,
    /// The second one wins.
    Theirs,
}

impl OnConflict {
    /// By the API's name.
    pub(super) fn named(name: Option<&str>) -> OnConflict {
        match name {
            Some("FAIL_EARLY") => OnConflict::FailEarly,
            Some("LEAVE_CONFLICT_MARKERS") => OnConflict::Mark,
            Some("PREFER_OURS") => OnConflict::Ours,
            Some("PREFER_THEIRS") => OnConflict::Theirs,
            _ => OnConflict::Fail,
        }
    }
}

/// Why two changes of one path may not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clash {
    AddedTwice,
    ModifiedTwice,
    RemovedByUs,
    RemovedByThem,
}

/// The paths that both change.
fn clashes(ours: &Paths, theirs: &Paths) -> Vec<(String, Clash)> {
    let set = |paths: &[String]| paths.iter().cloned().collect::<HashSet<String>>();
    let (added, modified, removed) = (set(&theirs.added), set(&theirs.modified), set(&theirs.removed));
    let our_removed = set(&ours.removed);
    let added = ours
        .added
        .iter()
        .filter(|path| !path.ends_with('/') && added.contains(*path))
        .map(|path| (path, Clash::AddedTwice));
    let modified = ours.modified.iter().filter_map(|path| {
        if modified.contains(path) {
            Some((path, Clash::ModifiedTwice))
        } else {
            removed.contains(path).then_some((path, Clash::RemovedByThem))
        }
    });
    let ours_removed = theirs
        .modified
        .iter()
        .filter(|path| our_removed.contains(*path))
        .map(|path| (path, Clash::RemovedByUs));
    let mut clashes: Vec<_> = added
        .chain(modified)
        .chain(ours_removed)
        .map(|(path, clash)| (path.clone(), clash))
        .collect();
    clashes.sort_by(|a, b| a.0.cmp(&b.0));
    clashes
}

fn conflict(clashes: &[(String, Clash)]) -> ApiError {
    let shown: Vec<String> = clashes
        .iter()
        .map(|(path, clash)| {
            let what = match clash {
                Clash::AddedTwice => "added in both",
                Clash::ModifiedTwice => "modified in both",
                Clash::RemovedByUs | Clash::RemovedByThem => "modified in one, removed in the other",
            };
            format!("{path} ({what})")
        })
        .collect();
    ApiError::other(format!(
        "conflict between changesets: {}; choose another `onConflict` to merge them all the same",
        shown.join(", ")
    ))
}

/// The changes of both, made to what both started from.
pub(super) async fn merge(
    api: &Arc<Api>,
    ours: &Changeset,
    theirs: &Changeset,
    on_conflict: OnConflict,
) -> Result<Changeset, ApiError> {
    let (our_paths, their_paths) = tokio::try_join!(ours.paths(api), theirs.paths(api))?;
    let clashes = clashes(&our_paths, &their_paths);
    if on_conflict == OnConflict::FailEarly && !clashes.is_empty() {
        return Err(conflict(&clashes));
    }
    let (first, second) = (ours.before.as_root(), theirs.before.as_root());
    let before = if first == second {
        first
    } else {
        copy_directory(&first, "/", &Directory::root(second), &CopyOptions::default())
    };
    // What is removed goes first: one may add to a directory that the other removes.
    let mut after = take(&take(&before, "/", &our_paths), "/", &their_paths);
    after = ours.put(&after, "/", &our_paths);
    after = theirs.put(&after, "/", &their_paths);
    for (path, clash) in decide(api, ours, theirs, &clashes, on_conflict).await? {
        let at = format!("/{path}");
        after = match clash {
            Decision::Remove => file::rm(&after, &at, true, false),
            Decision::Write { mode, content } => file::mkfile(&after, &at, mode, content, None),
            Decision::TakeOurs => {
                let options = CopyOptions {
                    replace: true,
                    ..CopyOptions::default()
                };
                let source: &Output = &ours.after.as_root();
                file::copy(&after, source, &at, &at, &options)
            }
        };
    }
    Ok(Changeset::new(Directory::root(before), Directory::root(after)))
}

/// What becomes of a path after the changes of both were made, theirs last.
enum Decision {
    Remove,
    Write { mode: u32, content: Vec<u8> },
    TakeOurs,
}

async fn decide(
    api: &Arc<Api>,
    ours: &Changeset,
    theirs: &Changeset,
    clashes: &[(String, Clash)],
    on_conflict: OnConflict,
) -> Result<Vec<(String, Decision)>, ApiError> {
    if clashes.is_empty() {
        return Ok(Vec::new());
    }
    let (our_paths, their_paths) = tokio::try_join!(ours.paths(api), theirs.paths(api))?;
    let twice = |clash: &Clash| matches!(clash, Clash::AddedTwice | Clash::ModifiedTwice);
    let wanted: HashSet<String> = clashes
        .iter()
        .filter(|(_, clash)| twice(clash))
        .map(|(path, _)| path.clone())
        .collect();
    let ((base, mine), (_, other)) = tokio::try_join!(
        ours.contents(api, wanted.clone(), wanted.clone()),
        theirs.contents(api, HashSet::new(), wanted)
    )?;
    let mut decisions = Vec::new();
    let mut unresolved = Vec::new();
    for (path, clash) in clashes {
        let decision = match clash {
            Clash::RemovedByUs | Clash::RemovedByThem => match on_conflict {
                OnConflict::Mark => None,
                OnConflict::Ours => (*clash == Clash::RemovedByUs).then_some(Decision::Remove),
                OnConflict::Theirs => (*clash == Clash::RemovedByThem).then_some(Decision::Remove),
                OnConflict::Fail | OnConflict::FailEarly => {
                    unresolved.push((path.clone(), *clash));
                    None
                }
            },
            Clash::AddedTwice | Clash::ModifiedTwice => {
                let text = |contents: &HashMap<String, Vec<u8>>| contents.get(path).cloned().unwrap_or_default();
                let versions = Versions {
                    base: text(&base),
                    ours: text(&mine),
                    theirs: text(&other),
                    base_stat: our_paths.before.get(path),
                    our_stat: our_paths.after.get(path),
                    their_stat: their_paths.after.get(path),
                };
                match versions.merged(on_conflict).await? {
                    Merge::Theirs => None,
                    Merge::Ours => Some(Decision::TakeOurs),
                    Merge::Both { mode, content } => Some(Decision::Write { mode, content }),
                    Merge::Conflict => {
                        unresolved.push((path.clone(), *clash));
                        None
                    }
                }
            }
        };
        decisions.extend(decision.map(|decision| (path.clone(), decision)));
    }
    if unresolved.is_empty() {
        Ok(decisions)
    } else {
        Err(conflict(&unresolved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(added: &[&str], modified: &[&str], removed: &[&str]) -> Paths {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        Paths {
            added: list(added),
            modified: list(modified),
            removed: list(removed),
            ..Paths::default()
        }
    }

    #[test]
    fn paths_that_both_change_are_found() {
        let ours = paths(&["d/", "d/new", "own"], &["both", "kept"], &["gone", "x"]);
        let theirs = paths(&["d/", "d/new"], &["both", "gone"], &["kept", "x"]);
        let found = clashes(&ours, &theirs);
        assert_eq!(
            found,
            [
                ("both".to_owned(), Clash::ModifiedTwice),
                ("d/new".to_owned(), Clash::AddedTwice),
                ("gone".to_owned(), Clash::RemovedByUs),
                ("kept".to_owned(), Clash::RemovedByThem),
            ]
        );
        insta::assert_snapshot!(
            conflict(&found),
            @"conflict between changesets: both (modified in both), d/new (added in both), gone (modified in one, removed in the other), kept (modified in one, removed in the other); choose another `onConflict` to merge them all the same"
        );
    }
}
