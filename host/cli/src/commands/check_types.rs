//! `dockwright check-types`.

use crate::app::CheckTypesArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded::write_for_editors;
use crate::printer;
use crate::session::Session;
use dockwright_module::{Language, Origin, check_types, find_type_checker};

/// Checks a TypeScript module with the native compiler of TypeScript 7, when it is there.
pub(crate) async fn run(arguments: &CheckTypesArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let module = session.resolve(&arguments.module.module).await?;
    if !matches!(module.language, Language::TypeScript(_)) {
        let message = format!(
            "module `{}` is written in {}; check it with a type checker of that language: `dockwright develop` writes the `sdk/` that it reads",
            module.manifest.name,
            module.language.sdk().name()
        );
        return Err(CliError::other("module::check_types", message));
    }
    if module.origin != Origin::Local {
        let message = "the types of a module in a directory can be checked; clone this one and name its directory";
        return Err(CliError::other("module::check_types", message));
    }
    let compiler = find_type_checker(&module)?;
    write_for_editors(&session, &module).await?;
    let output = check_types(&compiler, &module)?;
    printer::stdout(&String::from_utf8_lossy(&output.stdout));
    printer::stderr(&String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        printer::stderr(&format!("No type errors in module `{}`.\n", module.manifest.name));
        Ok(CommandExit::Success)
    } else {
        Ok(CommandExit::Failure)
    }
}
