//! `dockwright uninstall`.

use crate::app::UninstallArgs;
use crate::commands::develop::refresh;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::DependencyList;

/// Takes a dependency out.
pub(crate) async fn run(
    global: &GlobalOptions,
    arguments: UninstallArgs,
    list: DependencyList,
) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = uninstall(&session, global, arguments, list).await;
    session.close().await?;
    printer::stderr(&result?);
    Ok(CommandExit::Success)
}

async fn uninstall(
    session: &Session,
    global: &GlobalOptions,
    arguments: UninstallArgs,
    list: DependencyList,
) -> Result<String, CliError> {
    let UninstallArgs { name, module } = arguments;
    let workdir = session.workdir.clone();
    let plan = session.resolving(global, module.module.clone(), move |resolver| {
        resolver.plan_uninstall_in(list, &module.module, &name, &workdir)
    });
    let plan = plan.await?;
    plan.write()?;
    let mut text = format!("Removed `{}` ({}).\n", plan.name, plan.source);
    // The module's code may well call what is gone; that is for its next call to say.
    if let Some(module) = &plan.module
        && let Err(error) = refresh(session, module).await
    {
        text.push_str(&format!(
            "What editors read could not be written: {error}. `dockwright develop` tries it again.\n"
        ));
    }
    Ok(text)
}
