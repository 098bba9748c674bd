//! `dockwright session`: what clients start to have a session of their own. It says where on stdout and ends when its stdin does.

use crate::commands::interrupted;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::serve::{Serving, SessionArgs, SessionFlags, load};
use crate::session::Session;
use dockwright_server::ServerOptions;
use dockwright_ui::Progress;
use tokio::io::AsyncReadExt;

const HELP: &str = "\
Serve a client library that starts this as a process of its own

Prints one line, {\"port\": …, \"session_token\": …}, and ends when its standard input does. Libraries run it where
_EXPERIMENTAL_DAGGER_CLI_BIN names this program. Flags of all their versions are accepted.

Usage: dockwright session [--workdir DIR] [-m MODULE] [--progress FORM] [-v]...
";

/// Serves one client.
pub(crate) async fn run(mut global: GlobalOptions, arguments: SessionArgs) -> Result<CommandExit, CliError> {
    let flags = SessionFlags::read(arguments.rest, &mut global)?;
    if flags.help {
        printer::stdout(HELP);
        return Ok(CommandExit::Success);
    }
    if let Some(workdir) = &flags.workdir {
        std::env::set_current_dir(workdir).map_err(|error| {
            CliError::other("session::workdir", format!("--workdir {}: {error}", workdir.display()))
        })?;
    }
    let serving = Serving::open().await?;
    let parameters = serde_json::json!({"port": serving.address().port(), "session_token": serving.token()});
    printer::stdout(&format!("{parameters}\n"));
    if global.progress.is_none() && crate::environment::progress().is_none() {
        global.progress = Some(Progress::Plain);
    }
    let session = Session::open()?;
    session.show_progress(&global);
    let served = async {
        // Clients that come before the module is loaded wait: the port is open.
        load(&session, &global, flags.module.as_deref()).await?;
        serving.serve(&session, ServerOptions::default(), closed()).await
    }
    .await;
    session.close().await?;
    session.forget();
    served.map(|()| CommandExit::Success)
}

/// Resolves when the client has closed our stdin, or somebody asks the process to end.
async fn closed() {
    let end_of_input = async {
        let mut input = tokio::io::stdin();
        let mut ignored = [0; 256];
        while matches!(input.read(&mut ignored).await, Ok(1..)) {}
    };
    tokio::select! {
        () = end_of_input => {}
        () = interrupted() => {}
    }
}
