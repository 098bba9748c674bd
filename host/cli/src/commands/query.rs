//! `dockwright query`: one GraphQL document from a file or from standard input.

use crate::call::json;
use crate::commands::call;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::serve::{QueryArgs, load};
use dockwright_module::find_manifest;
use serde_json::{Map, Value};
use std::io::Read;
use std::path::Path;

/// Sends the document and prints the data of the response.
pub(crate) async fn run(global: &GlobalOptions, arguments: &QueryArgs) -> Result<CommandExit, CliError> {
    let document = match arguments.doc.as_deref().filter(|path| path.as_os_str() != "-") {
        Some(path) => fs_err::read_to_string(path)?,
        None => {
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text)?;
            text
        }
    };
    let variables = variables(arguments)?;
    call::conclude(async |session| {
        load(session, global, module(arguments)).await?;
        session.show_progress(global);
        let data = call::request(session, document, variables, arguments.operation.clone()).await?;
        Ok((json(&data)?, None))
    })
    .await
}

/// The module to serve: the one that was named, else the one that the working directory is in.
fn module(arguments: &QueryArgs) -> Option<&str> {
    let named = arguments.module.as_deref();
    named.or_else(|| (!arguments.no_module && find_manifest(Path::new(".")).is_ok()).then_some("."))
}

/// The variables as JSON; those of `--var` win.
fn variables(arguments: &QueryArgs) -> Result<Option<String>, CliError> {
    let mut variables: Map<String, Value> = match &arguments.variables_json {
        None => Map::new(),
        Some(text) => serde_json::from_str(text)
            .map_err(|error| CliError::other("cli::usage", format!("--var-json is not a JSON object: {error}")))?,
    };
    for variable in &arguments.variables {
        let Some((name, value)) = variable.split_once('=') else {
            return Err(CliError::other(
                "cli::usage",
                format!("--var {variable}: write NAME=VALUE"),
            ));
        };
        variables.insert(name.to_owned(), value.into());
    }
    Ok((!variables.is_empty()).then(|| Value::Object(variables).to_string()))
}
