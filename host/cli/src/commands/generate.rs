//! `dockwright generate`.

use crate::annotated::{GenerateArgs, Kind, list, require_any, table};
use crate::commands::call::{in_session, request};
use crate::commands::cancelled;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded::Served;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{Origin, context_root};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::BufRead;
use std::path::PathBuf;

/// Runs generators side by side and makes the changes that they return.
pub(crate) async fn run(global: &GlobalOptions, arguments: &GenerateArgs) -> Result<CommandExit, CliError> {
    match in_session(async |session| perform(session, global, arguments).await).await? {
        Some(ended) => {
            printer::stdout(&ended.printed);
            printer::stderr(&ended.told);
            Ok(CommandExit::Success)
        }
        None => Ok(cancelled()),
    }
}

/// What is said at the end, on stdout and on stderr.
#[derive(Default)]
struct Ended {
    printed: String,
    told: String,
}

async fn perform(session: &Session, global: &GlobalOptions, arguments: &GenerateArgs) -> Result<Ended, CliError> {
    let served = session
        .load_as_needed(global, &arguments.module.module, !arguments.list)
        .await?;
    let module = served.module.clone();
    let destination = destination(session, &served, arguments)?;
    session.serve(served)?;
    let generators = list(session, &module, Kind::Generator, &arguments.patterns).await?;
    require_any(session, &module, Kind::Generator, &generators).await?;
    if arguments.list {
        return Ok(Ended {
            printed: table(&generators),
            ..Ended::default()
        });
    }
    session.show_progress(global);
    let id = session.api()?.module_object(&module).to_string();
    let changes = changes(session, &id, &arguments.patterns).await?;
    if changes.diff_stats.is_empty() {
        return Ok(Ended {
            told: "Everything is up to date.\n".to_owned(),
            ..Ended::default()
        });
    }
    let printed = summary(&changes.diff_stats);
    let place = destination.display();
    if arguments.no_apply {
        return Ok(Ended {
            printed,
            told: format!("Nothing was changed in {place}.\n"),
        });
    }
    if !arguments.auto_apply {
        let mut answer = false;
        session.between_frames(|| answer = is_confirmed(&printed, &place.to_string()));
        if !answer && !printer::stdin_is_terminal() {
            return Err(CliError::other(
                "generate::confirm",
                format!(
                    "{} files would change in {place}, and there is no terminal to ask on: pass --auto-apply (-y) to change them, or --no-apply to see them",
                    changes.diff_stats.len()
                ),
            ));
        }
        if !answer {
            return Ok(Ended {
                told: format!("Nothing was changed in {place}.\n"),
                ..Ended::default()
            });
        }
    }
    export(session, &changes.id, &destination).await?;
    Ok(Ended {
        printed,
        told: format!("Changed {} files in {place}.\n", changes.diff_stats.len()),
    })
}

/// Where the changes go: generators take their files from the root of the module's repository.
fn destination(session: &Session, served: &Served, arguments: &GenerateArgs) -> Result<PathBuf, CliError> {
    Ok(match &arguments.output {
        Some(path) => std::path::absolute(path)?,
        None if served.locked().origin == Origin::Local => served.locked().context.clone(),
        None => context_root(&session.workdir),
    })
}

/// What generators change together.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changes {
    id: String,
    diff_stats: Vec<DiffStat>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DiffStat {
    path: String,
    kind: String,
    old_path: Option<String>,
    added_lines: u64,
    removed_lines: u64,
}

async fn changes(session: &Session, module: &str, patterns: &[String]) -> Result<Changes, CliError> {
    let document = "query($module: ID!, $include: [String!]) { node(id: $module) { ... on Module { \
                    generators(include: $include) { run { changes { id \
                    diffStats { path kind oldPath addedLines removedLines } } } } } } }";
    let variables = json!({"module": module, "include": patterns}).to_string();
    let mut data = request(session, document.to_owned(), Some(variables), None).await?;
    let changes = data
        .pointer_mut("/node/generators/run/changes")
        .map(Value::take)
        .unwrap_or_default();
    let mut changes: Changes = serde_json::from_value(changes).map_err(std::io::Error::from)?;
    // Folders come with the files in them.
    changes.diff_stats.retain(|stat| !stat.path.ends_with('/'));
    Ok(changes)
}

async fn export(session: &Session, changes: &str, destination: &std::path::Path) -> Result<(), CliError> {
    let document = "query($id: ID!, $path: String!) { node(id: $id) { ... on Changeset { export(path: $path) } } }";
    let path = destination
        .to_str()
        .ok_or_else(|| CliError::other("cli::path", format!("{} is not valid UTF-8", destination.display())))?;
    let variables = json!({"id": changes, "path": path}).to_string();
    request(session, document.to_owned(), Some(variables), None)
        .await
        .map(drop)
}

/// One line for each file.
fn summary(stats: &[DiffStat]) -> String {
    let line = |stat: &DiffStat| {
        let (sign, path) = match (stat.kind.as_str(), &stat.old_path) {
            ("ADDED", _) => ('A', stat.path.clone()),
            ("REMOVED", _) => ('D', stat.path.clone()),
            ("RENAMED", Some(old)) => ('R', format!("{old} → {}", stat.path)),
            _ => ('M', stat.path.clone()),
        };
        format!("{sign} {path}  +{} -{}\n", stat.added_lines, stat.removed_lines)
    };
    stats.iter().map(line).collect()
}

/// Shows what would change and asks whether it shall.
fn is_confirmed(summary: &str, place: &str) -> bool {
    if !printer::stdin_is_terminal() {
        return false;
    }
    printer::stderr(&format!("{summary}Change these files in {place}? [y/N] "));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_file_by_file() {
        let stats: Vec<DiffStat> = serde_json::from_value(json!([
            {"path": "docs/new.md", "kind": "ADDED", "oldPath": null, "addedLines": 3, "removedLines": 0},
            {"path": "b", "kind": "RENAMED", "oldPath": "a", "addedLines": 1, "removedLines": 1},
            {"path": "gone", "kind": "REMOVED", "oldPath": null, "addedLines": 0, "removedLines": 2},
            {"path": "x", "kind": "MODIFIED", "oldPath": null, "addedLines": 0, "removedLines": 2},
        ]))
        .unwrap();
        insta::assert_snapshot!(summary(&stats), @r"
        A docs/new.md  +3 -0
        R a → b  +1 -1
        D gone  +0 -2
        M x  +0 -2
        ");
    }
}
