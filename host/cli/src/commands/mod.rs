//! One file per subcommand.

mod call;
mod check_types;
mod develop;
mod engine;
mod functions;
mod init;
mod version;

use crate::app::{App, Command};
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::report;

/// Runs the command; Ctrl-C and SIGTERM cancel it and everything that it started.
pub(crate) async fn run(app: App) -> CommandExit {
    let result = match app.command {
        Command::Call(arguments) => call::run(app.global, arguments).await,
        Command::Functions(arguments) => functions::run(&app.global, &arguments).await,
        Command::Init(arguments) => init::run(&arguments).await,
        Command::Develop(arguments) => develop::run(&arguments).await,
        Command::CheckTypes(arguments) => check_types::run(&arguments),
        Command::Engine(arguments) => engine::run(&app.global, arguments.command).await,
        Command::Version => version::run(),
    };
    result.unwrap_or_else(|error: CliError| report::error(&error))
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
