//! `dockwright run`: a session for one program.

use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::serve::{Program, RunArgs, Serving, load};
use crate::session::Session;
use dockwright_server::ServerOptions;
use futures::channel::oneshot;

/// Runs the program; its exit is ours.
pub(crate) async fn run(global: &GlobalOptions, arguments: &RunArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = perform(&session, global, arguments).await;
    session.close().await?;
    session.forget();
    result
}

async fn perform(session: &Session, global: &GlobalOptions, arguments: &RunArgs) -> Result<CommandExit, CliError> {
    let serving = Serving::open().await?;
    load(session, global, arguments.module.as_deref()).await?;
    session.show_progress(global);
    let program = Program::start(session, &serving, &arguments.command, arguments.cleanup_timeout)?;
    let (end, ended) = oneshot::channel::<()>();
    let serve = serving.serve(session, ServerOptions::default(), async {
        ended.await.ok();
    });
    let finish = async {
        let exit = program.finish(session).await;
        drop(end);
        exit
    };
    let (served, exit) = tokio::join!(serve, finish);
    served?;
    exit
}
