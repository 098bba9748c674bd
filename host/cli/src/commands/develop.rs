//! `dockwright develop`.

use crate::app::DevelopArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded;
use crate::printer;
use crate::session::Session;
use dockwright_module::{Language, LockedModule};

/// Writes `sdk/` (for Go `internal/dagger/` and `dagger.gen.go`) and installs the module's packages, so that an editor completes and the first call does not wait.
pub(crate) async fn run(arguments: &DevelopArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let locked = dockwright_module::resolve(&arguments.module.module, &session.workdir)?;
    dockwright_module::write_editor_sdk(&locked.source, locked.language.sdk())?;
    match &locked.language {
        Language::Python(project) => {
            dockwright_module::vendor(&locked.manifest.name, project, &session.directories.python_packages())?;
        }
        Language::TypeScript(project) if !project.dependencies.is_empty() => {
            dockwright_module::install_npm(&locked.manifest.name, &locked.source)?;
        }
        Language::TypeScript(_) => {}
        Language::Go => {
            write_go(&session, &locked).await?;
            printer::stderr(&format!("Wrote {}.\n", locked.source.join("internal/dagger").display()));
            return Ok(CommandExit::Success);
        }
    }
    printer::stderr(&format!("Wrote {}.\n", locked.source.join("sdk").display()));
    Ok(CommandExit::Success)
}

/// Writes what editors read of a Go module. No Go is needed.
pub(super) async fn write_go(session: &Session, locked: &LockedModule) -> Result<(), CliError> {
    let introspected = loaded::introspect(session, locked).await?;
    Ok(dockwright_module::write_go_sdk(&locked.source, &introspected)?)
}
