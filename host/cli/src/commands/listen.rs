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
    let chosen = environment::text(environment::SESSION_TOKEN).map(Token::new);
    let session = Session::open()?;
    let result = perform(&session, global, arguments, chosen).await;
    session.close().await?;
    session.forget();
    result
}

async fn perform(
    session: &Session,
    global: &GlobalOptions,
    arguments: &ListenArgs,
    chosen: Option<Token>,
) -> Result<CommandExit, CliError> {
    let is_chosen = chosen.is_some();
    let token = match chosen {
        Some(token) => token,
        None => Token::random().map_err(|error| CliError::other("session::token", error.to_string()))?,
    };
    let serving = Serving::open_at(arguments.listen, token).await?;
    load(session, global, arguments.module.as_deref()).await?;
    let principal = if arguments.disable_host_read_write {
        Principal::Guest
    } else {
        Principal::Client
    };
    // Who is told that we listen may end us at once.
    let mut end = Box::pin(interrupted());
    if futures::poll!(&mut end).is_ready() {
        return Ok(CommandExit::Success);
    }
    printer::stderr(&welcome(&serving, is_chosen));
    session.show_progress(global);
    let options = ServerOptions {
        principal,
        any_origin: arguments.allow_cors,
        page: true,
        ..ServerOptions::default()
    };
    serving.serve(session, options, end).await?;
    Ok(CommandExit::Success)
}

/// How to connect. A token that somebody chose is not shown: they know it, and what is printed here is often kept.
fn welcome(serving: &Serving, is_chosen: bool) -> String {
    let (address, name) = (serving.address(), environment::SESSION_TOKEN);
    let port = format!("{}={}", environment::SESSION_PORT, address.port());
    if is_chosen {
        return format!(
            "Listening on http://{address}/query\n\
             In a browser: http://{address}/ asks for the token\n\
             Clients send the token as the user of Basic authentication: curl -u \"${name}:\" …\n\
             Client libraries find it by {port} and {name}, as it is set here\n"
        );
    }
    let token = serving.token();
    format!(
        "Listening on http://{address}/query\n\
         In a browser: http://{address}/#token={token}\n\
         Clients send the token as the user of Basic authentication: curl -u {token}: …\n\
         Client libraries find it by {port} {name}={token}\n"
    )
}
