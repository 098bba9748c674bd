//! `dockwright call`.

use crate::app::CallArgs;
use crate::call::{self, Plan};
use crate::commands::{cancelled, interrupted};
use crate::error::{CliError, QueryError};
use crate::exit_code::CommandExit;
use crate::forecast::Forecast;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_schema::{CallStack, Execute, ObjectId, Principal, Request};
use serde_json::Value;

/// Calls a function and prints its result.
pub(crate) async fn run(global: GlobalOptions, arguments: CallArgs) -> Result<CommandExit, CliError> {
    conclude(async |session| perform(session, global, arguments).await).await
}

/// Opens a session for the work, ends it, and prints the result and where it was saved, unless the user cancels.
pub(super) async fn conclude(
    work: impl AsyncFnOnce(&Session) -> Result<(String, Option<String>), CliError>,
) -> Result<CommandExit, CliError> {
    match in_session(work).await? {
        Some((printed, saved)) => {
            printer::stdout(&printed);
            if let Some(saved) = saved {
                printer::stderr(&saved);
            }
            Ok(CommandExit::Success)
        }
        None => Ok(cancelled()),
    }
}

/// Opens a session for the work and ends it; gives none when the user cancels.
pub(super) async fn in_session<T>(
    work: impl AsyncFnOnce(&Session) -> Result<T, CliError>,
) -> Result<Option<T>, CliError> {
    let session = Session::open()?;
    let outcome = tokio::select! {
        result = work(&session) => Some(result),
        () = interrupted() => None,
    };
    session.close().await?;
    session.forget();
    outcome.transpose()
}

async fn perform(
    session: &Session,
    mut global: GlobalOptions,
    arguments: CallArgs,
) -> Result<(String, Option<String>), CliError> {
    let served = session.load(&global, &arguments.module.module).await?;
    let name = served.module.name.clone();
    session.serve(served)?;
    let schema = session
        .api()?
        .schema(&Principal::CommandLine)
        .map_err(|error| CliError::other("module::definition", error.to_string()))?;
    let merged = schema.merged();
    let entry = session.entry(merged, &name)?;
    let plan = call::parse(
        merged,
        entry,
        "dockwright call",
        arguments.rest,
        arguments.output,
        &mut global,
    )?;
    session.show_progress(&global);
    let forecast = forecast(session, &arguments.module.module, &plan);
    carry_out(session, &plan, &forecast).await
}

/// Runs the chain; gives what to print, and where the result was saved.
pub(super) async fn carry_out(
    session: &Session,
    plan: &Plan,
    forecast: &Forecast,
) -> Result<(String, Option<String>), CliError> {
    let data = execute(session, plan, forecast).await;
    forecast.keep(session.api()?.engine_usage());
    let printed = call::print(plan, data?, printer::stdout_is_terminal())?;
    let saved = call::write(plan, &printed)?;
    Ok((printed, saved))
}

/// What calls like this one used last time.
pub(super) fn forecast(session: &Session, module: &str, plan: &Plan) -> Forecast {
    let place = [session.workdir.as_os_str().as_encoded_bytes(), module.as_bytes()];
    let functions = plan.steps.iter().map(|step| step.field.name.as_bytes());
    Forecast::read(&session.directories.cache, place.into_iter().chain(functions))
}

/// Resolves the objects that are named by text, then runs the chain.
async fn execute(session: &Session, plan: &Plan, forecast: &Forecast) -> Result<Value, CliError> {
    let api = session.api()?;
    if let Some(usage) = forecast.usage() {
        api.foresee(usage);
    }
    let addresses = call::addresses(plan);
    let ids = match call::resolve_addresses(&addresses) {
        None => Vec::new(),
        Some(document) => {
            let data = query(session, document).await?;
            (0..addresses.len())
                .map(|index| first_text(data.get(format!("a{index}"))).unwrap_or_default())
                .collect()
        }
    };
    if let Some(usage) = forecast.usage() {
        api.foresee_uploads(usage, ids.iter().filter_map(|id| id.parse::<ObjectId>().ok()));
    }
    query(session, call::request(plan, &ids)).await
}

/// The text at the end of a chain of single fields.
fn first_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Object(map) => first_text(map.values().next()),
        _ => None,
    }
}

async fn query(session: &Session, document: String) -> Result<Value, CliError> {
    request(session, document, None, None).await
}

/// The data that a document asks for.
pub(crate) async fn request(
    session: &Session,
    document: String,
    variables: Option<String>,
    operation_name: Option<String>,
) -> Result<Value, CliError> {
    let request = Request {
        document,
        variables,
        operation_name,
        principal: Principal::CommandLine,
        stack: CallStack::default(),
        span: 0,
    };
    let text = session.api()?.execute(request).await;
    let mut response: Value = serde_json::from_str(&text).map_err(std::io::Error::from)?;
    let error = response
        .get_mut("errors")
        .and_then(Value::as_array_mut)
        .filter(|errors| !errors.is_empty())
        .map(|errors| errors.swap_remove(0));
    if let Some(error) = error {
        let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let extensions = error
            .get("extensions")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        return Err(CliError::Query(Box::new(QueryError {
            message: text("message"),
            extensions,
            output_shown: session.view_shows_output(),
        })));
    }
    Ok(response.get_mut("data").map(Value::take).unwrap_or_default())
}
