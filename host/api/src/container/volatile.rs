//! Variables whose values are no part of what decides a command's result: a command that ran with one value is not run again for another.
//!
//! The engine gets the value as it gets a secret. The name that it asks by is made of all that decides the command's result, so that two commands
//! with different values do not mix them up.

use super::state::Container;
use crate::api::Api;
use crate::error::ApiError;
use dockwright_engine::SecretBytes;
use dockwright_engine::llb::{ExecSpec, SecretEnv};
use std::sync::Arc;

/// Gives the command the container's volatile variables.
pub(super) async fn add(api: &Arc<Api>, container: &Container, spec: &mut ExecSpec) -> Result<(), ApiError> {
    if container.volatile_variables.is_empty() {
        return Ok(());
    }
    let engine = api.engine().await?;
    let key = spec.build().root.key();
    let mounts: Vec<String> = spec.build().mounts.iter().map(|(_, output)| output.key()).collect();
    for (name, value) in &container.volatile_variables {
        let mut hasher = blake3::Hasher::new();
        for part in [key.as_str(), name.as_str()]
            .into_iter()
            .chain(mounts.iter().map(String::as_str))
        {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let digest = hasher.finalize().to_hex();
        let id = format!("dockwright-volatile-{}", digest.get(..32).unwrap_or_default());
        engine.add_secret(&id, SecretBytes::new(value.as_str()));
        spec.env.retain(|(known, _)| known != name);
        spec.secret_env.push(SecretEnv { name: name.clone(), id });
    }
    Ok(())
}
