//! `dockwright install`.

use crate::allowed;
use crate::app::InstallArgs;
use crate::commands::develop::refresh;
use crate::commands::inspect::asks;
use crate::commands::uses::may_use;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{DependencyList, Installation};
use dockwright_schema::Merged;

/// Adds a dependency, once it is known to load.
pub(crate) async fn run(
    global: &GlobalOptions,
    arguments: InstallArgs,
    list: DependencyList,
) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = install(&session, global, arguments, list).await;
    session.close().await?;
    printer::stderr(&result?);
    Ok(CommandExit::Success)
}

async fn install(
    session: &Session,
    global: &GlobalOptions,
    arguments: InstallArgs,
    list: DependencyList,
) -> Result<String, CliError> {
    let InstallArgs {
        reference,
        name,
        module,
    } = arguments;
    let workdir = session.workdir.clone();
    let allowed = allowed::permissions(&global.allow)?;
    let plan = session.resolving(global, module.module.clone(), move |resolver| {
        resolver.plan_install_in(list, &module.module, &reference, name.as_deref(), &allowed, &workdir)
    });
    let plan = plan.await?;
    let mut installed = session.load_definition(global, &plan.exact).await?.module;
    installed.name.clone_from(&plan.dependency.name);
    if let Err(error) = Merged::new(std::slice::from_ref(&installed)) {
        let name = &installed.name;
        let message = format!("`{name}` cannot be a dependency under this name: {error}; choose another with `--name`");
        return Err(CliError::other("module::name", message));
    }
    plan.write()?;
    let mut text = told(&plan);
    text.push_str(asks(&installed.def).trim_start_matches('\n'));
    text.push_str(may_use(&plan.dependency.module)?.trim_start_matches('\n'));
    if let Err(error) = refresh(session, &plan.module).await {
        text.push_str(&format!(
            "What editors read could not be written: {error}. `dockwright develop` tries it again.\n"
        ));
    }
    Ok(text)
}

fn told(plan: &Installation) -> String {
    let name = &plan.dependency.name;
    let version = plan
        .dependency
        .module
        .origin
        .version()
        .map(|version| format!(" at {version}"))
        .unwrap_or_default();
    match &plan.replaces {
        Some(before) => format!("Changed `{name}` from {before} to {}{version}.\n", plan.source),
        None => format!("Installed `{name}` from {}{version}.\n", plan.source),
    }
}
