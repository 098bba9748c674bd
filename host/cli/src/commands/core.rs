//! `dockwright core`: the core API without a module.

use crate::call;
use crate::commands::call::{carry_out, conclude, forecast};
use crate::commands::functions;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::serve::CoreArgs;
use crate::session::Session;
use dockwright_schema::names::kebab_case;
use dockwright_schema::{GraphField, Merged, closest};

const COMMAND: &str = "dockwright core";

/// Calls a function of `Query` and prints its result.
pub(crate) async fn run(global: GlobalOptions, arguments: CoreArgs) -> Result<CommandExit, CliError> {
    conclude(async |session| perform(session, global, arguments).await).await
}

async fn perform(
    session: &Session,
    mut global: GlobalOptions,
    arguments: CoreArgs,
) -> Result<(String, Option<String>), CliError> {
    let merged = Merged::core();
    let mut words = arguments.rest;
    let name = words.first().cloned().unwrap_or_default();
    if name.is_empty() || name == "--help" || name == "-h" {
        return Ok((functions::table(&functions_of_query(&merged)), None));
    }
    words.remove(0);
    let entry = entry(&merged, &name)?;
    let command = format!("{COMMAND} {}", kebab_case(&entry.name));
    let plan = call::parse(&merged, entry, &command, words, arguments.output, &mut global)?;
    session.show_progress(&global);
    let forecast = forecast(session, COMMAND, &plan);
    carry_out(session, &plan, &forecast).await
}

fn functions_of_query(merged: &Merged) -> Vec<&GraphField> {
    let functions = merged.get("Query").map(call::functions_of).unwrap_or_default();
    let shown = functions.into_iter().filter(|field| {
        // Loaders take IDs, which do not outlive a session.
        !field.name.starts_with("load") && field.name != "node"
    });
    shown.collect()
}

fn entry<'m>(merged: &'m Merged, name: &str) -> Result<&'m GraphField, CliError> {
    let wanted = kebab_case(name);
    let functions = functions_of_query(merged);
    let names: Vec<String> = functions.iter().map(|field| kebab_case(&field.name)).collect();
    let found = functions.into_iter().zip(&names).find(|(_, name)| **name == wanted);
    found.map(|(field, _)| field).ok_or_else(|| {
        let near = closest(&wanted, names.iter().map(String::as_str));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        CliError::other(
            "call::unknown_function",
            format!("the core API has no function `{name}`{hint}"),
        )
    })
}
