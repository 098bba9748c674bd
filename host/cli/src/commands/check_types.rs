//! `dockwright check-types`.

use crate::app::CheckTypesArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::printer;
use dockwright_module::{Language, check_types, find_type_checker, write_editor_sdk};

/// Checks a TypeScript module with the native compiler of TypeScript 7, when it is there.
pub(crate) fn run(arguments: &CheckTypesArgs) -> Result<CommandExit, CliError> {
    let module = dockwright_module::resolve(&arguments.module.module, &std::env::current_dir()?)?;
    if !matches!(module.language, Language::TypeScript(_)) {
        let message = format!(
            "module `{}` is written in {}; check it with a type checker of that language: `dockwright develop` writes the `sdk/` that it reads",
            module.manifest.name,
            module.language.sdk().name()
        );
        return Err(CliError::other("module::check_types", message));
    }
    let compiler = find_type_checker(&module)?;
    write_editor_sdk(&module.source, module.language.sdk())?;
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
