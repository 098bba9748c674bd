//! Commands: how a call of `withExec` becomes an exec in the build graph.

use super::environment::{expand, pairs};
use super::state::{Container, MountSource};
use super::volatile;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::permissions;
use crate::secret::Secret;
use crate::service::Service;
use crate::socket::Socket;
use dockwright_engine::llb::{ExecSpec, Mount, MountKind, Network, Output, SecretEnv};
use dockwright_engine::shim::{Expect, wrap};
use dockwright_schema::{Principal, Request};
use dockwright_telemetry::SpanId;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The search path of a container whose image says none.
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The container after the command. It has no network when `principal` is a module that may not use one.
pub(super) async fn with_exec(
    api: &Arc<Api>,
    container: Container,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
    principal: Option<&Principal>,
) -> Result<Container, ApiError> {
    refuse_nesting(arguments, "withExec")?;
    let command = command(&container, arguments)?;
    let expect = match arguments.optional_text("expect") {
        Some("FAILURE") => Expect::Failure,
        Some("ANY") => Expect::Any,
        _ => Expect::Success,
    };
    let mut spec = specification(api, &container, command, request).await?;
    spec.insecure = arguments.flag("insecureRootCapabilities");
    if principal.is_some_and(|principal| permissions::is_offline(api, principal)) {
        spec.network = Network::None;
    }
    let stdin = match arguments.non_empty_text("redirectStdin") {
        Some(_) if arguments.non_empty_text("stdin").is_some() => {
            return Err(ApiError::other("withExec takes `stdin` or `redirectStdin`, not both"));
        }
        Some(path) => {
            let (output, inside) = container.locate(&expanded(&container, arguments, path)?)?;
            Some(api.engine().await?.read_file(&output, &inside).await?)
        }
        None => arguments.non_empty_text("stdin").map(|text| text.as_bytes().to_vec()),
    };
    let outputs = wrap(&spec, &container.platform, expect, stdin.as_deref())
        .map_err(|error| ApiError::other(error.to_string()))?;
    let mut after = container;
    after.root = outputs.root.clone();
    keep_written_mounts(&mut after, &outputs.mounts);
    for (argument, stream) in [("redirectStdout", "stdout"), ("redirectStderr", "stderr")] {
        if let Some(path) = arguments.non_empty_text(argument) {
            let target = after.absolute(&expanded(&after, arguments, path)?);
            let content = outputs.stream_file(stream, "/stream");
            after.root = crate::directory::copy_output(&after.root, &content, "/stream", &target);
        }
    }
    after.last_exec = Some(outputs);
    Ok(after)
}

fn expanded(container: &Container, arguments: Arguments<'_>, text: &str) -> Result<String, ApiError> {
    if arguments.flag("expand") {
        expand(container, text)
    } else {
        Ok(text.to_owned())
    }
}

/// The command of a service. Without arguments of its own a container runs what its image is for.
pub(crate) async fn service_command(
    api: &Arc<Api>,
    container: &Container,
    arguments: &Map<String, Value>,
    request: &Arc<Request>,
) -> Result<ExecSpec, ApiError> {
    refuse_nesting(Arguments(arguments), "asService")?;
    let mut arguments = arguments.clone();
    let has_default = container.config.config.cmd.as_ref().is_some_and(|cmd| !cmd.is_empty());
    if Arguments(&arguments).texts("args").is_empty() && !has_default {
        arguments.insert("useEntrypoint".to_owned(), Value::Bool(true));
    }
    let arguments = Arguments(&arguments);
    let mut spec = specification(api, container, command(container, arguments)?, request).await?;
    spec.insecure = arguments.flag("insecureRootCapabilities");
    Ok(spec)
}

/// What a terminal in the container runs: what is asked for, else the container's own, else a shell.
pub(crate) async fn terminal_command(
    api: &Arc<Api>,
    container: &Container,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<ExecSpec, ApiError> {
    refuse_nesting(arguments, "terminal")?;
    let asked = Some(arguments.texts("cmd")).filter(|command| !command.is_empty());
    let own = container.terminal_command.as_ref();
    let command = asked.or_else(|| own.map(|own| own.command.clone()));
    let mut spec = specification(
        api,
        container,
        command.unwrap_or_else(|| vec!["sh".to_owned()]),
        request,
    )
    .await?;
    spec.insecure = arguments.flag("insecureRootCapabilities") || own.is_some_and(|own| own.insecure);
    if !spec.env.iter().any(|(name, _)| name == "TERM") {
        spec.set_env("TERM", "xterm");
    }
    Ok(spec)
}

fn refuse_nesting(arguments: Arguments<'_>, field: &str) -> Result<(), ApiError> {
    if arguments.flag("experimentalPrivilegedNesting") {
        return Err(ApiError::other(format!(
            "{field}(experimentalPrivilegedNesting: true) is not supported by this version of dockwright"
        )));
    }
    Ok(())
}

/// Program and arguments: those given, or the image's own; the entry point before them when asked.
fn command(container: &Container, arguments: Arguments<'_>) -> Result<Vec<String>, ApiError> {
    let given = arguments.texts("args");
    let given: Vec<String> = if arguments.flag("expand") {
        given
            .iter()
            .map(|text| expand(container, text))
            .collect::<Result<_, _>>()?
    } else {
        given
    };
    let config = &container.config.config;
    let rest = if given.is_empty() {
        config.cmd.clone().unwrap_or_default()
    } else {
        given
    };
    let command: Vec<String> = if arguments.flag("useEntrypoint") {
        config.entrypoint.iter().flatten().cloned().chain(rest).collect()
    } else {
        rest
    };
    if command.is_empty() {
        return Err(ApiError::other(
            "no command: pass `args`, or set the container's entrypoint or default args",
        ));
    }
    Ok(command)
}

async fn specification(
    api: &Arc<Api>,
    container: &Container,
    command: Vec<String>,
    request: &Arc<Request>,
) -> Result<ExecSpec, ApiError> {
    let config = &container.config.config;
    let mut spec = ExecSpec::new(container.root.clone(), command);
    spec.cwd = if config.working_dir.is_empty() {
        "/".to_owned()
    } else {
        config.working_dir.clone()
    };
    config.user.clone_into(&mut spec.user);
    spec.parent = Some(SpanId(request.span)).filter(|span| span.0 != 0);
    let mut has_path = false;
    for (name, value) in pairs(&config.env) {
        has_path |= name == "PATH";
        spec.set_env(name, value);
    }
    if !has_path {
        spec.set_env("PATH", DEFAULT_PATH);
    }
    for (name, secret) in &container.secret_variables {
        let id = api.state::<Secret>(secret, request).await?.register(api).await?;
        spec.secret_env.push(SecretEnv { name: name.clone(), id });
    }
    for binding in &container.services {
        let service = api.state::<Service>(&binding.service, request).await?;
        let key = service.declare(api, request).await?;
        spec.services.push((binding.alias.clone(), key));
    }
    for mount in &container.mounts {
        let kind = match &mount.source {
            MountSource::Files {
                output,
                selector,
                readonly,
                ..
            } => MountKind::Bind {
                source: output.clone(),
                selector: selector.trim_end_matches('/').to_owned(),
                readonly: *readonly,
                output: !readonly,
            },
            MountSource::Cache { id, sharing, source } => {
                let (source, selector) = source.clone().unwrap_or_else(|| (Output::scratch(), String::new()));
                MountKind::Cache {
                    id: id.clone(),
                    sharing: *sharing,
                    source,
                    selector: selector.trim_end_matches('/').to_owned(),
                }
            }
            MountSource::Temporary { size } => MountKind::Tmpfs { size: *size },
            MountSource::Secret { secret, owner, mode } => {
                let id = api.state::<Secret>(secret, request).await?.register(api).await?;
                MountKind::Secret {
                    id,
                    uid: owner.0,
                    gid: owner.1,
                    mode: *mode,
                }
            }
            MountSource::Socket { socket, owner } => MountKind::Socket {
                id: api.state::<Socket>(socket, request).await?.register(api).await?,
                uid: owner.0,
                gid: owner.1,
                mode: 0o600,
            },
        };
        spec.mounts.push(Mount {
            destination: mount.path.clone(),
            kind,
        });
    }
    spec.devices.clone_from(&container.devices);
    volatile::add(api, container, &mut spec).await?;
    Ok(spec)
}

/// What a command wrote into mounted directories stays in them.
fn keep_written_mounts(container: &mut Container, written: &[(String, Output)]) {
    for mount in &mut container.mounts {
        if let MountSource::Files {
            output,
            readonly: false,
            ..
        } = &mut mount.source
            && let Some((_, result)) = written.iter().find(|(destination, _)| *destination == mount.path)
        {
            *output = result.clone();
        }
    }
}
