//! `dockwright listen`: the API on a port, until somebody ends it.

use crate::commands::interrupted;
use crate::environment;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::serve::{ListenArgs, Serving, load};
use crate::session::Session;
use dockwright_schema::Principal;
use dockwright_server::{ServerOptions, Token};

/// Serves whoever has the token: that of the environment, else a random one, which is printed.
pub(crate) async fn run(global: &GlobalOptions, arguments: &ListenArgs) -> Result<CommandExit, CliError> {
    let token = match environment::text(environment::SESSION_TOKEN) {
        Some(token) => Token::new(token),
        None => Token::random().map_err(|error| CliError::other("session::token", error.to_string()))?,
    };
    let session = Session::open()?;
    let result = perform(&session, global, arguments, token).await;
    session.close().await?;
    session.forget();
    result
}

async fn perform(
    session: &Session,
    global: &GlobalOptions,
    arguments: &ListenArgs,
    token: Token,
) -> Result<CommandExit, CliError> {
    let serving = Serving::open_at(arguments.listen, token).await?;
    load(session, global, arguments.module.as_deref()).await?;
    let principal = if arguments.disable_host_read_write {
        Principal::Guest
    } else {
        Principal::Client
    };
    printer::stderr(&format!(
        "Listening on http://{address}/query\n\
         Clients send the token as the user of Basic authentication: curl -u {token}: …\n\
         Client libraries find it by {port_name}={port} {token_name}={token}\n",
        address = serving.address(),
        token = serving.token(),
        port_name = environment::SESSION_PORT,
        port = serving.address().port(),
        token_name = environment::SESSION_TOKEN,
    ));
    session.show_progress(global);
    let options = ServerOptions {
        principal,
        any_origin: arguments.allow_cors,
        ..ServerOptions::default()
    };
    serving.serve(session, options, interrupted()).await?;
    Ok(CommandExit::Success)
}
