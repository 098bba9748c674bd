//! Whom the user trusts, and the keys that commands are given.

use crate::environment;
use crate::error::CliError;
use crate::session::Session;
use dockwright_module::{ModuleError, ModuleRef, TRUST_NAME, Trust, find_manifest, trust_files};
use dockwright_registry::{PublicKey, SigningKey};
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// How a key in an environment variable is named.
const VARIABLE: &str = "env://";

impl Session {
    /// What signatures are demanded. Where the repository's own demands are, the first reference says.
    ///
    /// # Errors
    /// A file with demands makes no sense.
    pub(crate) fn trust(&self, reference: &str) -> Result<&Arc<Trust>, CliError> {
        if let Some(trust) = self.trust.get() {
            return Ok(trust);
        }
        let folder = match ModuleRef::parse(reference, &self.workdir) {
            Ok(ModuleRef::Local(path)) => self.workdir.join(path),
            _ => self.workdir.clone(),
        };
        let folder = folder.canonicalize().unwrap_or(folder);
        let module = find_manifest(&folder).ok();
        let module = module.and_then(|manifest| Some(manifest.parent()?.to_owned()));
        let own: PathBuf = self.directories.config.join(TRUST_NAME);
        let files = std::iter::once(own).chain(trust_files(&module.unwrap_or(folder)));
        let trust = Arc::new(Trust::read(files).map_err(ModuleError::from)?);
        Ok(self.trust.get_or_init(|| trust))
    }
}

/// The private key in a file or, as `env://NAME`, in a variable; its password is in a variable too.
pub(crate) fn signing_key(place: &str) -> Result<SigningKey, CliError> {
    let text = Zeroizing::new(key_text(place)?);
    let password = Zeroizing::new(environment::text(environment::KEY_PASSWORD).unwrap_or_default());
    Ok(SigningKey::parse(&text, &password, place)?)
}

/// The public key in a file or a variable.
pub(crate) fn public_key(place: &str) -> Result<PublicKey, CliError> {
    Ok(PublicKey::parse(&key_text(place)?, place)?)
}

fn key_text(place: &str) -> Result<String, CliError> {
    match place.strip_prefix(VARIABLE) {
        Some(name) => environment::text(name).ok_or_else(|| {
            CliError::other(
                "trust::key",
                format!("the environment variable {name}, which should hold a key, is not set"),
            )
        }),
        None => Ok(fs_err::read_to_string(place)?),
    }
}
