//! `dockwright verify`.

use crate::app::VerifyArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use crate::trust::public_key;
use dockwright_module::ModuleError;
use dockwright_registry::{Artifact, PublicKey, Reference};

/// Tells who has signed a published module; fails when it is nobody of those who are asked for or trusted.
pub(crate) async fn run(global: &GlobalOptions, arguments: &VerifyArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    session.network.get_or_init(|| global.network());
    let result = verify(&session, arguments).await;
    session.close().await?;
    printer::stdout(&result?);
    Ok(CommandExit::Success)
}

async fn verify(session: &Session, arguments: &VerifyArgs) -> Result<String, CliError> {
    let given = arguments
        .keys
        .iter()
        .map(|place| Ok((place.clone(), public_key(place)?)));
    let mut keys = given.collect::<Result<Vec<(String, PublicKey)>, CliError>>()?;
    let trust = session.trust(".")?.clone();
    let asked_for = !keys.is_empty();
    if !asked_for {
        keys.extend(trust.keys().map(|(name, key)| (name.to_owned(), key.clone())));
    }
    let reference: Reference = arguments.reference.parse().map_err(ModuleError::from)?;
    let registry = session.registries();
    let artifact = registry.find(&reference).await.map_err(ModuleError::from)?;
    let attachments = registry.attachments(&reference, artifact.digest).await;
    let attachments = attachments.map_err(ModuleError::from)?;
    let signed: Vec<&(String, PublicKey)> = keys
        .iter()
        .filter(|(_, key)| attachments.iter().any(|known| known.is_signature(artifact.digest, key)))
        .collect();
    if signed.is_empty() {
        let is_claimed = attachments.iter().any(|known| known.claims_signature(artifact.digest));
        return Err(not_signed(&artifact, is_claimed, asked_for, keys.is_empty()));
    }
    if !asked_for {
        let checked = trust.check(registry, &reference, artifact.digest).await;
        checked.map_err(ModuleError::from)?;
    }
    let mut text = format!("{}\n", artifact.pinned());
    for (name, key) in signed {
        text.push_str(&format!("signed by {name} ({})\n", key.fingerprint()));
    }
    Ok(text)
}

fn not_signed(artifact: &Artifact, is_claimed: bool, asked_for: bool, no_keys: bool) -> CliError {
    let found = match (is_claimed, no_keys) {
        (true, true) => {
            "is signed, but there is no key to verify that with: give one with `--key`, or name keys in trust.toml"
        }
        (true, false) if asked_for => "is signed, but not with a key that was given",
        (true, false) => "is signed, but not with a key that trust.toml names",
        (false, _) => "is not signed",
    };
    CliError::other("trust::verify", format!("{} {found}", artifact.pinned()))
}
