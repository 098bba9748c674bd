//! `dockwright init`.

use crate::app::InitArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded::write_for_editors;
use crate::printer;
use crate::session::Session;
use dockwright_module::{InitOptions, Language, set_self_calls};

/// Writes a new module and says what to try next.
pub(crate) async fn run(arguments: &InitArgs) -> Result<CommandExit, CliError> {
    if let Some(reference) = &arguments.blueprint {
        return from_blueprint(arguments, reference).await;
    }
    let made = dockwright_module::init(&InitOptions {
        directory: arguments.path.clone(),
        name: arguments.name.clone(),
        sdk: arguments.sdk.clone(),
        source: arguments.source.clone(),
    })?;
    if arguments.with_self_calls {
        set_self_calls(".", &arguments.path, true)?;
    }
    let session = Session::open()?;
    let directory = arguments.path.clone();
    let locked = session
        .with_resolver(move |resolver| resolver.resolve(".", &directory))
        .await?;
    if locked.language == Language::Go || arguments.with_self_calls {
        write_for_editors(&session, &locked).await?;
    }
    let mut text = format!("Made module `{}`:\n", made.name);
    for file in &made.files {
        text.push_str(&format!("  {}\n", arguments.path.join(file).display()));
    }
    text.push_str("Try it:\n  dockwright functions\n  dockwright call hello --name=you\n");
    printer::stderr(&text);
    Ok(CommandExit::Success)
}

async fn from_blueprint(arguments: &InitArgs, reference: &str) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let (directory, name) = (arguments.path.clone(), arguments.name.clone());
    let (reference, workdir) = (reference.to_owned(), session.workdir.clone());
    let made = session
        .with_resolver(move |resolver| resolver.init_from_blueprint(&directory, name.as_deref(), &reference, &workdir));
    let made = made.await;
    session.close().await?;
    let made = made?;
    printer::stderr(&format!(
        "Made module `{}`: {}\nTry it:\n  dockwright functions\n",
        made.name,
        arguments.path.join("dagger.json").display()
    ));
    Ok(CommandExit::Success)
}
