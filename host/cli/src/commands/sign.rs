//! `dockwright sign`.

use crate::app::SignArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use crate::trust::signing_key;
use dockwright_module::ModuleError;
use dockwright_registry::{Digest, Reference, SigningKey};

/// Signs a published module; its reference with the digest goes to stdout.
pub(crate) async fn run(global: &GlobalOptions, arguments: &SignArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    session.network.get_or_init(|| global.network());
    let result = sign(&session, arguments).await;
    session.close().await?;
    let (text, reference) = result?;
    printer::stderr(&text);
    printer::stdout(&format!("{reference}\n"));
    Ok(CommandExit::Success)
}

async fn sign(session: &Session, arguments: &SignArgs) -> Result<(String, Reference), CliError> {
    let key = signing_key(&arguments.key)?;
    let reference: Reference = arguments.reference.parse().map_err(ModuleError::from)?;
    let artifact = session.registries().find(&reference).await.map_err(ModuleError::from)?;
    let text = sign_artifact(session, &reference, artifact.digest, &key).await?;
    Ok((text, artifact.pinned()))
}

/// Signs an artifact and tells it.
pub(super) async fn sign_artifact(
    session: &Session,
    reference: &Reference,
    artifact: Digest,
    key: &SigningKey,
) -> Result<String, CliError> {
    let signed = session.registries().sign(reference, artifact, key).await?;
    let name = key.public().fingerprint().short();
    Ok(match signed {
        true => format!("Signed {} with the key {name}.\n", artifact.short()),
        false => format!("{} is signed with the key {name} already.\n", artifact.short()),
    })
}
