//! One file per subcommand.

mod cache;
mod call;
mod check;
mod check_types;
mod consent;
mod core;
mod develop;
mod engine;
mod functions;
mod generate;
mod init;
mod inspect;
mod install;
mod list;
mod listen;
mod provenance;
mod publish;
mod query;
mod run;
mod session;
mod sign;
mod toolchain;
mod uninstall;
mod up;
mod update;
mod uses;
mod vendor;
mod verify;
mod version;

use crate::app::{App, Command};
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::{keeping, printer, report};
use dockwright_module::DependencyList;

pub(crate) use call::request;

/// Runs the command; Ctrl-C and SIGTERM cancel it and everything that it started.
pub(crate) async fn run(app: App) -> CommandExit {
    let dependencies = DependencyList::Dependencies;
    let result = match app.command {
        Command::Call(arguments) => call::run(app.global, arguments).await,
        Command::Check(arguments) => check::run(&app.global, &arguments).await,
        Command::Generate(arguments) => generate::run(&app.global, &arguments).await,
        Command::Up(arguments) => up::run(&app.global, &arguments).await,
        Command::Functions(arguments) => functions::run(&app.global, &arguments).await,
        Command::Init(arguments) => init::run(&arguments).await,
        Command::Install(arguments) => install::run(&app.global, arguments, dependencies).await,
        Command::Uninstall(arguments) => uninstall::run(&app.global, arguments, dependencies).await,
        Command::Update(arguments) => update::run(&app.global, arguments, dependencies).await,
        Command::List(arguments) => list::run(&app.global, &arguments, dependencies).await,
        Command::Toolchain(arguments) => toolchain::run(&app.global, arguments).await,
        Command::Develop(arguments) => develop::run(&app.global, &arguments).await,
        Command::CheckTypes(arguments) => check_types::run(&arguments).await,
        Command::Publish(arguments) => publish::run(&app.global, &arguments).await,
        Command::Inspect(arguments) => inspect::run(&app.global, &arguments).await,
        Command::Sign(arguments) => sign::run(&app.global, &arguments).await,
        Command::Verify(arguments) => verify::run(&app.global, &arguments).await,
        Command::Vendor(arguments) => vendor::run(&app.global, &arguments).await,
        Command::Run(arguments) => run::run(&app.global, &arguments).await,
        Command::Query(arguments) => query::run(&app.global, &arguments).await,
        Command::Core(arguments) => core::run(app.global, arguments).await,
        Command::Listen(arguments) => listen::run(&app.global, &arguments).await,
        Command::Session(arguments) => session::run(app.global, arguments).await,
        Command::KeepModules(arguments) => keeping::run(arguments).await,
        Command::Cache(arguments) => cache::run(&arguments.command),
        Command::Engine(arguments) => engine::run(&app.global, arguments.command).await,
        Command::Version => version::run(),
    };
    result.unwrap_or_else(|error: CliError| report::error(&error))
}

/// Tells that the user ended the command, and the exit for it.
fn cancelled() -> CommandExit {
    printer::stderr("Cancelled.\n");
    CommandExit::Cancelled
}

/// Resolves when the user or the system asks the process to end.
pub(crate) async fn interrupted() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => {
            if pressed.is_err() {
                std::future::pending::<()>().await;
            }
        }
        () = terminate => {}
    }
}
