//! Go modules: their definition read from their source by the introspector, their code built once, with the user's Go or with the
//! toolchain pack.

use super::bindings::refused;
use super::go_programs::GoPrograms;
use super::itself::with_itself;
use super::{Callable, Prepared, phase, utf8};
use crate::environment;
use crate::error::CliError;
use crate::session::Session;
use dockwright_go::pack::{PackHost, replaced_digest};
use dockwright_go::{BuildOptions, GoCache, GoError, Introspected, Kept, Toolchain, introspection};
use dockwright_module::{LockedModule, ModuleError};
use dockwright_runtime::{CallError, Language, ModuleSource};
use dockwright_schema::VisibleModule;

pub(super) async fn prepare(
    session: &Session,
    locked: &LockedModule,
    dependencies: &[VisibleModule],
) -> Result<Prepared, CliError> {
    let program = Language::Tool {
        name: introspection::PROGRAM,
    };
    // The introspector is wrapped with the shim, so its digest changes with either.
    let installed = session.runtime()?.runtime_digest(&program)?;
    let installed = format!("{installed} {}", dockwright_codegen::FORMAT);
    let cache = GoCache::new(session.directories.cache.join("go"), installed);
    let choice = environment::path(environment::GO);
    let runtimes = session.directories.install.join("runtimes");
    let toolchain = Toolchain::find(environment::GO, choice.as_ref().map(|path| path.as_os_str()), &runtimes)
        .map_err(told(&locked.manifest.name))?;
    let digest = digest(locked)?;
    let kept = match cache.get(&locked.manifest.name, &digest, toolchain.as_ref()) {
        Some(kept) => kept,
        None => build(session, cache, locked, digest, toolchain, dependencies).await?,
    };
    let source = ModuleSource {
        name: locked.manifest.name.clone(),
        digest: locked.digest.clone(),
        language: Language::Built {
            path: utf8(&kept.component)?,
        },
    };
    Ok(Prepared {
        callable: Callable::ready(source),
        definition: kept.definition,
    })
}

/// Of the source, and of what its `go.mod` takes from beside it.
fn digest(locked: &LockedModule) -> Result<String, CliError> {
    let replaced = replaced_digest(&locked.source)
        .map_err(GoError::from)
        .map_err(told(&locked.manifest.name))?;
    Ok(replaced.map_or_else(
        || locked.digest.clone(),
        |replaced| format!("{} {replaced}", locked.digest),
    ))
}

/// What the module offers, and the generated part of its package main.
pub(super) async fn introspect(session: &Session, locked: &LockedModule) -> Result<Introspected, CliError> {
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

/// Bindings of the modules that it depends on, by their paths in the module's source.
pub(super) fn bindings(
    module: &str,
    introspected: &Introspected,
    dependencies: &[VisibleModule],
) -> Result<Vec<(String, String)>, CliError> {
    let client = introspected.client().unwrap_or_default();
    let files = dockwright_codegen::go::dependencies(dependencies).map_err(|error| refused(module, &error))?;
    let placed = |(file, text): (String, String)| {
        let text = dockwright_go::client_source(&text, client);
        (format!("internal/dagger/{file}"), text)
    };
    Ok(files.into_iter().map(placed).collect())
}

async fn build(
    session: &Session,
    cache: GoCache,
    locked: &LockedModule,
    digest: String,
    toolchain: Option<Toolchain>,
    dependencies: &[VisibleModule],
) -> Result<Kept, CliError> {
    let name = locked.manifest.name.clone();
    let toolchain = toolchain.ok_or(GoError::NoGo).map_err(told(&name))?;
    let introspected = introspect(session, locked).await?;
    let dependencies = with_itself(locked, &introspected.definition, dependencies);
    let generated = bindings(&name, &introspected, &dependencies)?;
    let (source, context) = (locked.source.clone(), locked.context.clone());
    let go_cache = session.directories.cache.join("go");
    let scratch = go_cache.join("build");
    let runtimes = session.directories.install.join("runtimes");
    let shim = runtimes.join("go-shim.wasm");
    let settings = environment::go_modules();
    let programs = GoPrograms {
        runtime: session.runtime()?.clone(),
        telemetry: session.telemetry.clone(),
        event_loop: tokio::runtime::Handle::current(),
    };
    phase(session, format!("build {name} with Go"), move || {
        let options = BuildOptions {
            module: &name,
            source: &source,
            context: &context,
            introspected: &introspected,
            generated: &generated,
            shim: &shim,
            scratch: &scratch,
        };
        let host = PackHost {
            runtimes: &runtimes,
            cache: &go_cache,
            settings: &settings,
            programs: &programs,
        };
        dockwright_go::build(&options, &toolchain, host)
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
