//! `dockwright toolchain`: the modules whose functions a module offers beside its own.

use crate::app::{ToolchainArgs, ToolchainCommand};
use crate::commands::{install, list, uninstall, update};
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use dockwright_module::DependencyList;

/// Does for toolchains what the commands of the same names do for dependencies.
pub(crate) async fn run(global: &GlobalOptions, arguments: ToolchainArgs) -> Result<CommandExit, CliError> {
    let toolchains = DependencyList::Toolchains;
    match arguments.command {
        ToolchainCommand::Install(arguments) => install::run(global, arguments, toolchains).await,
        ToolchainCommand::Uninstall(arguments) => uninstall::run(global, arguments, toolchains).await,
        ToolchainCommand::Update(arguments) => update::run(global, arguments, toolchains).await,
        ToolchainCommand::List(arguments) => list::run(global, &arguments, toolchains).await,
    }
}
