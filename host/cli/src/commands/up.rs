//! `dockwright up`.

use crate::annotated::{Kind, UpArgs, list, require_any, table};
use crate::commands::call::{in_session, request};
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use serde_json::json;

/// Starts services and stays until Ctrl-C, which is how they are meant to end, or until one ends by itself.
pub(crate) async fn run(global: &GlobalOptions, arguments: &UpArgs) -> Result<CommandExit, CliError> {
    match in_session(async |session| perform(session, global, arguments).await).await? {
        Some(printed) => printer::stdout(&printed),
        None => printer::stderr("Stopped.\n"),
    }
    Ok(CommandExit::Success)
}

async fn perform(session: &Session, global: &GlobalOptions, arguments: &UpArgs) -> Result<String, CliError> {
    let served = session
        .load_as_needed(global, &arguments.module.module, !arguments.list)
        .await?;
    let module = served.module.clone();
    session.serve(served)?;
    let services = list(session, &module, Kind::Service, &arguments.patterns).await?;
    require_any(session, &module, Kind::Service, &services).await?;
    if arguments.list {
        return Ok(table(&services));
    }
    session.show_progress(global);
    let document = "query($module: ID!, $include: [String!]) { node(id: $module) { ... on Module { \
                    services(include: $include) { run { id } } } } }";
    let id = session.api()?.module_object(&module).to_string();
    let variables = json!({"module": id, "include": arguments.patterns}).to_string();
    request(session, document.to_owned(), Some(variables), None).await?;
    Ok(String::new())
}
