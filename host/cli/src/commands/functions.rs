//! `dockwright functions`.

use crate::app::FunctionsArgs;
use crate::call::functions_of;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_schema::names::kebab_case;
use dockwright_schema::{GraphField, GraphType, Merged, closest};

/// Lists functions with the first line of their documentation.
pub(crate) async fn run(global: &GlobalOptions, arguments: &FunctionsArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = list(&session, global, arguments).await;
    session.close().await?;
    printer::stdout(&result?);
    Ok(CommandExit::Success)
}

async fn list(session: &Session, global: &GlobalOptions, arguments: &FunctionsArgs) -> Result<String, CliError> {
    let served = session.load_definition(global, &arguments.module.module).await?;
    let merged = served.merged()?;
    let mut at = returned(&merged, session.entry(&merged, &served.module.name)?)?;
    for name in &arguments.path {
        let wanted = kebab_case(name);
        let functions = functions_of(at);
        let Some(field) = functions.iter().find(|field| kebab_case(&field.name) == wanted) else {
            let names: Vec<String> = functions.iter().map(|field| kebab_case(&field.name)).collect();
            let hint = closest(&wanted, names.iter().map(String::as_str))
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            return Err(CliError::other(
                "call::unknown_function",
                format!("{} has no function `{name}`{hint}", at.name),
            ));
        };
        at = returned(&merged, field)?;
    }
    Ok(table(&functions_of(at)))
}

fn returned<'m>(merged: &'m Merged, field: &GraphField) -> Result<&'m GraphType, CliError> {
    let name = field.returns.name();
    merged
        .get(name)
        .ok_or_else(|| CliError::other("module::definition", format!("type {name} is not known")))
}

pub(super) fn table(functions: &[&GraphField]) -> String {
    let rows: Vec<(String, &str)> = functions
        .iter()
        .map(|field| {
            (
                kebab_case(&field.name),
                field
                    .description
                    .lines()
                    .next()
                    .filter(|line| !line.is_empty())
                    .unwrap_or("-"),
            )
        })
        .collect();
    let width = rows
        .iter()
        .map(|(name, _)| name.len())
        .chain([4])
        .max()
        .unwrap_or_default()
        + 3;
    let line = |name: &str, text: &str| format!("{name:width$}{text}\n");
    std::iter::once(line("Name", "Description"))
        .chain(rows.iter().map(|(name, text)| line(name, text)))
        .collect()
}
