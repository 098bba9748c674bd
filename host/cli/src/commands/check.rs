//! `dockwright check`.

use crate::annotated::{CheckArgs, Kind, Listed, list, require_any, table};
use crate::commands::call::{in_session, request};
use crate::commands::cancelled;
use crate::error::{CliError, QueryError};
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::session::Session;
use crate::{printer, report};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Runs checks side by side; the exit is a failure when one fails.
pub(crate) async fn run(global: &GlobalOptions, arguments: &CheckArgs) -> Result<CommandExit, CliError> {
    let Some(ended) = in_session(async |session| perform(session, global, arguments).await).await? else {
        return Ok(cancelled());
    };
    let ended = match ended {
        Ended::Listed(text) => {
            printer::stdout(&text);
            return Ok(CommandExit::Success);
        }
        Ended::Ran(ended) => ended,
    };
    printer::stdout(&results(&ended));
    for (check, outcome) in &ended {
        if let Outcome::Failed(error) = outcome {
            let mut error = error.clone();
            error.message = format!("check `{}`: {}", check.name, error.message);
            report::error(&CliError::Query(Box::new(error)));
        }
    }
    let is_good = ended.iter().all(|(_, outcome)| matches!(outcome, Outcome::Passed));
    Ok(if is_good {
        CommandExit::Success
    } else {
        CommandExit::Failure
    })
}

enum Ended {
    Listed(String),
    Ran(Vec<(Listed, Outcome)>),
}

/// How a check went.
#[derive(Clone, Debug)]
enum Outcome {
    Passed,
    Failed(QueryError),
    NotRun,
}

async fn perform(session: &Session, global: &GlobalOptions, arguments: &CheckArgs) -> Result<Ended, CliError> {
    let served = session
        .load_as_needed(global, &arguments.module.module, !arguments.list)
        .await?;
    let module = served.module.clone();
    session.serve(served)?;
    let mut checks = list(session, &module, Kind::Check, &arguments.patterns).await?;
    if !arguments.skip.is_empty() {
        let skipped = list(session, &module, Kind::Check, &arguments.skip).await?;
        checks.retain(|check| !skipped.contains(check));
    }
    if arguments.generate || arguments.no_generate {
        checks.retain(|check| (check.check_type == "generate") == arguments.generate);
    }
    require_any(session, &module, Kind::Check, &checks).await?;
    if arguments.list {
        return Ok(Ended::Listed(table(&checks)));
    }
    session.show_progress(global);
    Ok(Ended::Ran(run_all(session, checks, arguments.failfast).await?))
}

/// Runs them side by side. With `failfast` those that go on when one fails are cancelled.
async fn run_all(session: &Session, checks: Vec<Listed>, failfast: bool) -> Result<Vec<(Listed, Outcome)>, CliError> {
    let mut outcomes = vec![Outcome::NotRun; checks.len()];
    let mut running: FuturesUnordered<_> = checks
        .iter()
        .enumerate()
        .map(|(index, check)| async move { Ok::<_, CliError>((index, run_one(session, &check.id).await?)) })
        .collect();
    while let Some(finished) = running.next().await {
        let (index, outcome) = finished?;
        let ends = failfast && matches!(outcome, Outcome::Failed(_));
        if let Some(place) = outcomes.get_mut(index) {
            *place = outcome;
        }
        if ends {
            break;
        }
    }
    drop(running);
    Ok(checks.into_iter().zip(outcomes).collect())
}

/// An `Error` of the API.
#[derive(Deserialize)]
struct Told {
    message: String,
    values: Vec<ToldValue>,
}

#[derive(Deserialize)]
struct ToldValue {
    name: String,
    value: String,
}

async fn run_one(session: &Session, id: &str) -> Result<Outcome, CliError> {
    let document = "query($id: ID!) { node(id: $id) { ... on Check { run { \
                    passed error { message values { name value } } } } } }";
    let variables = json!({"id": id}).to_string();
    let mut data = request(session, document.to_owned(), Some(variables), None).await?;
    if data.pointer("/node/run/passed") == Some(&Value::Bool(true)) {
        return Ok(Outcome::Passed);
    }
    let error = data.pointer_mut("/node/run/error").map(Value::take).unwrap_or_default();
    let error: Told = serde_json::from_value(error).map_err(std::io::Error::from)?;
    let extensions: Map<String, Value> = error
        .values
        .into_iter()
        .map(|entry| {
            (
                entry.name,
                serde_json::from_str(&entry.value).unwrap_or(Value::String(entry.value)),
            )
        })
        .collect();
    Ok(Outcome::Failed(QueryError {
        message: error.message,
        extensions,
        output_shown: session.view_shows_output(),
    }))
}

/// One line for each check.
fn results(ended: &[(Listed, Outcome)]) -> String {
    let line = |(check, outcome): &(Listed, Outcome)| {
        let result = match outcome {
            Outcome::Passed => "passed",
            Outcome::Failed(_) => "failed",
            Outcome::NotRun => "not run",
        };
        format!("{result:10}{}\n", check.name)
    };
    ended.iter().map(line).collect()
}
