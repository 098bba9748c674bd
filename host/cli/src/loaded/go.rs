//! Go modules: their definition read from their source by the introspector, their code built with the user's Go, once.

use super::{Prepared, phase, utf8};
use crate::error::CliError;
use crate::session::Session;
use dockwright_go::{BuildOptions, GoCache, GoError, Introspected, Kept, Toolchain, introspection};
use dockwright_module::{LockedModule, ModuleError};
use dockwright_runtime::{CallError, Language, ModuleSource};

pub(super) async fn prepare(session: &Session, locked: &LockedModule) -> Result<Prepared, CliError> {
    let program = Language::Tool {
        name: introspection::PROGRAM,
    };
    // The introspector is wrapped with the shim, so its digest changes with either.
    let installed = session.runtime()?.runtime_digest(&program)?;
    let cache = GoCache::new(session.directories.cache.join("go"), installed);
    let toolchain = Toolchain::find();
    let kept = match cache.get(&locked.manifest.name, &locked.digest, toolchain.as_ref()) {
        Some(kept) => kept,
        None => build(session, cache, locked, toolchain).await?,
    };
    let source = ModuleSource {
        name: locked.manifest.name.clone(),
        digest: locked.digest.clone(),
        language: Language::Component {
            path: utf8(&kept.component)?,
        },
    };
    Ok(Prepared {
        source,
        definition: kept.definition,
    })
}

/// What the module offers, and the generated part of its package main.
pub(crate) async fn introspect(session: &Session, locked: &LockedModule) -> Result<Introspected, CliError> {
    let module = &locked.manifest.name;
    let request = introspection::request(module, &locked.source).map_err(told(module))?;
    let answer = session
        .runtime()?
        .run_tool(introspection::PROGRAM, request, 0)
        .await
        .map_err(|error: CallError| CliError::Load {
            module: module.clone(),
            message: error.to_string(),
        })?;
    Ok(Introspected::parse(answer).map_err(told(module))?)
}

async fn build(
    session: &Session,
    cache: GoCache,
    locked: &LockedModule,
    toolchain: Option<Toolchain>,
) -> Result<Kept, CliError> {
    let name = locked.manifest.name.clone();
    let toolchain = toolchain.ok_or(GoError::NoGo).map_err(told(&name))?;
    let introspected = introspect(session, locked).await?;
    let (source, digest) = (locked.source.clone(), locked.digest.clone());
    let scratch = session.directories.cache.join("go/build");
    let shim = session.directories.install.join("runtimes/go-shim.wasm");
    phase(session, format!("build {name} with Go"), move || {
        let options = BuildOptions {
            module: &name,
            source: &source,
            introspected: &introspected,
            shim: &shim,
            scratch: &scratch,
        };
        dockwright_go::build(&options, &toolchain)
            .and_then(|component| cache.put(&name, &digest, &toolchain, introspected.definition, &component))
            .map_err(told(&name))
    })
    .await
}

fn told(module: &str) -> impl Fn(GoError) -> ModuleError {
    move |error| ModuleError::Go {
        module: module.to_owned(),
        problem: Box::new(error),
    }
}
