//! `dockwright develop`.

use crate::app::DevelopArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{Language, set_self_calls};

pub(super) use crate::loaded::write_for_editors as refresh;

/// Locks what the module depends on, writes `sdk/` (for Go `internal/dagger/` and `dagger.gen.go`) and installs the module's packages, so
/// that an editor completes and the first call does not wait.
pub(crate) async fn run(global: &GlobalOptions, arguments: &DevelopArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = develop(&session, global, arguments).await;
    session.close().await?;
    printer::stderr(&result?);
    Ok(CommandExit::Success)
}

async fn develop(session: &Session, global: &GlobalOptions, arguments: &DevelopArgs) -> Result<String, CliError> {
    let (reference, workdir) = (arguments.module.module.clone(), session.workdir.clone());
    if arguments.with_self_calls || arguments.without_self_calls {
        set_self_calls(&reference, &workdir, arguments.with_self_calls)?;
    }
    let locking = session.resolving(global, reference.clone(), move |resolver| {
        resolver.lock(&reference, &workdir)
    });
    let (locked, lock) = locking.await?;
    let mut text = lock
        .map(|path| format!("Wrote {}.\n", path.display()))
        .unwrap_or_default();
    if locked.language == Language::Nothing {
        text.push_str("The module has no code of its own: there is nothing to write for editors.\n");
        return Ok(text);
    }
    let written = refresh(session, &locked).await?;
    text.push_str(&format!("Wrote {}.\n", written.display()));
    match &locked.language {
        Language::Python(project) => {
            dockwright_module::vendor(&locked.manifest.name, project, &session.directories.python_packages())?;
        }
        Language::TypeScript(project) if !project.dependencies.is_empty() => {
            dockwright_module::install_npm(&locked.manifest.name, &locked.source)?;
        }
        Language::TypeScript(_) | Language::Go | Language::Rust | Language::Component(_) | Language::Nothing => {}
    }
    Ok(text)
}
