//! Modules in registries: what a reference means, by its own digest, the pin in a manifest, the lock, or the registry, in this order.

use super::TrustedRegistry;
use crate::artifact::find_artifact;
use crate::error::ModuleError;
use crate::locked::{LockedModule, Origin};
use dockwright_registry::{Digest, Reference};
use tokio::runtime::Handle;

/// The module that a reference names, and what the lock should say of it: the digest, unless the reference itself says it. When it is
/// refreshed, what was vendored does not count.
///
/// # Errors
/// There are no registries here, the artifact cannot be had, it cannot be used, or it lacks a signature.
pub(super) fn find(
    registry: Option<&TrustedRegistry>,
    text: &str,
    pin: Option<&str>,
    is_refreshed: bool,
) -> Result<(LockedModule, Option<Digest>), ModuleError> {
    let wrong = |message: String| ModuleError::Reference {
        reference: text.to_owned(),
        message,
    };
    let TrustedRegistry { registry, trust } =
        registry.ok_or_else(|| wrong("modules from registries cannot be loaded here".to_owned()))?;
    let reference: Reference = text.parse()?;
    trust.require_listed(&reference)?;
    // Resolving blocks a thread that is made for it; the client of registries does not.
    let runtime = Handle::try_current().map_err(|error| wrong(error.to_string()))?;
    let wanted = match pin.filter(|_| reference.digest().is_none()) {
        Some(pin) => reference.pinned(pin.parse().map_err(|error| wrong(format!("its pin: {error}")))?),
        None if is_refreshed => reference.pinned(runtime.block_on(registry.current(&reference))?),
        None => reference.clone(),
    };
    let module = runtime.block_on(find_artifact(registry, &wanted.to_string()))?;
    if let Origin::Artifact(module) = &module.origin {
        runtime.block_on(trust.check(registry, &wanted, module.artifact.digest))?;
    }
    let digest = match &module.origin {
        Origin::Artifact(module) if reference.digest().is_none() => Some(module.artifact.digest),
        _ => None,
    };
    Ok((module, digest))
}
