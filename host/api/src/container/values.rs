//! Values of a container: what its configuration says, and what its commands printed.

use super::environment::{get, pairs};
use super::ports::ExposedPort;
use super::state::{Container, MountSource};
use super::{exec, healthcheck, publish};
use crate::core_object::ValueOf;
use crate::directory::{exists, stat};
use crate::error::ApiError;
use crate::literal;
use dockwright_engine::ExecResult;
use dockwright_engine::shim::ExecOutputs;
use dockwright_schema::Resolved;
use serde_json::{Value, json};

/// Fields whose values are given here.
pub(super) const FIELDS: &[&str] = &[
    "stdout",
    "stderr",
    "exitCode",
    "combinedOutput",
    "sync",
    "publish",
    "export",
    "exportImage",
    "dockerHealthcheck",
    "entrypoint",
    "defaultArgs",
    "envVariable",
    "envVariables",
    "label",
    "labels",
    "user",
    "workdir",
    "platform",
    "imageRef",
    "exposedPorts",
    "mounts",
    "exists",
    "stat",
    "up",
];

/// The field's value.
pub(super) async fn value(container: &Container, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    let config = &container.config.config;
    let arguments = field.arguments;
    Ok(match field.name {
        "stdout" => printed(field, &run(container, field).await?.stdout),
        "stderr" => printed(field, &run(container, field).await?.stderr),
        "exitCode" => Resolved::Value(json!(run(container, field).await?.exit_code)),
        "combinedOutput" => {
            let exec = last_exec(container, field).await?;
            printed(field, &field.api.engine().await?.combined_output(&exec).await?)
        }
        "sync" => {
            sync(container, field).await?;
            text(field.id.to_string())
        }
        "publish" => text(publish::publish(container, field).await?),
        "export" => text(publish::export(container, field).await?),
        "exportImage" => {
            publish::export_image(container, field).await?;
            // The field is declared as never null.
            text(String::new())
        }
        "dockerHealthcheck" => match healthcheck::fields(container) {
            Some(fields) => Resolved::Object(literal::object(field.api, "HealthcheckConfig", fields)),
            None => Resolved::Value(Value::Null),
        },
        "entrypoint" => Resolved::Value(json!(config.entrypoint.clone().unwrap_or_default())),
        "defaultArgs" => Resolved::Value(json!(config.cmd.clone().unwrap_or_default())),
        "envVariable" => Resolved::Value(get(container, arguments.text("name")?).map_or(Value::Null, Value::from)),
        "envVariables" => literal::list(
            field.api,
            "EnvVariable",
            pairs(&config.env).map(|(name, value)| json!({"name": name, "value": value})),
        ),
        "label" => Resolved::Value(
            config
                .labels
                .get(arguments.text("name")?)
                .map_or(Value::Null, |value| json!(value)),
        ),
        "labels" => literal::list(
            field.api,
            "Label",
            config
                .labels
                .iter()
                .map(|(name, value)| json!({"name": name, "value": value})),
        ),
        "user" => text(config.user.clone()),
        "workdir" => text(config.working_dir.clone()),
        "platform" => text(container.platform.to_string()),
        "imageRef" => text(
            container
                .image_reference
                .clone()
                .ok_or_else(|| ApiError::other("the container comes from no image: it has no reference"))?,
        ),
        "exposedPorts" => literal::list(
            field.api,
            "Port",
            ExposedPort::all(container).iter().map(ExposedPort::to_json),
        ),
        "mounts" => Resolved::Value(json!(
            container.mounts.iter().map(|mount| &mount.path).collect::<Vec<_>>()
        )),
        "exists" => {
            let (output, path) = container.locate(&container.place(arguments, "path")?)?;
            exists(field, &output, &path).await?
        }
        "stat" => {
            let (output, path) = container.locate(&container.place(arguments, "path")?)?;
            stat(field, &output, &path).await?
        }
        "up" => {
            crate::service::up_container(container, field).await?;
            Resolved::Value(Value::Null)
        }
        _ => return field.unsupported("Container"),
    })
}

/// What a command printed, secrets replaced: module code may print it on.
fn printed(field: ValueOf<'_>, output: &str) -> Resolved {
    text(field.api.telemetry().redactor().scrub(output).into_owned())
}

fn text(text: String) -> Resolved {
    Resolved::Value(Value::String(text))
}

/// The result of the last command.
async fn run(container: &Container, field: ValueOf<'_>) -> Result<ExecResult, ApiError> {
    let exec = last_exec(container, field).await?;
    Ok(field.api.engine().await?.exec_result(&exec).await?)
}

/// The last command; a container without one runs its entry point with its default arguments.
async fn last_exec(container: &Container, field: ValueOf<'_>) -> Result<ExecOutputs, ApiError> {
    if let Some(exec) = &container.last_exec {
        return Ok(exec.clone());
    }
    let with_entrypoint = serde_json::Map::from_iter([("useEntrypoint".to_owned(), Value::Bool(true))]);
    let ran = exec::with_exec(
        field.api,
        container.clone(),
        crate::arguments::Arguments(&with_entrypoint),
        field.request,
        Some(&field.request.principal),
    )
    .await?;
    ran.last_exec
        .ok_or_else(|| ApiError::other("the container has run no command"))
}

/// Makes everything that the container consists of.
async fn sync(container: &Container, field: ValueOf<'_>) -> Result<(), ApiError> {
    let engine = field.api.engine().await?;
    if let Some(exec) = &container.last_exec {
        engine.exec_result(exec).await?;
        return Ok(());
    }
    engine.evaluate(&container.root).await?;
    for mount in &container.mounts {
        if let MountSource::Files { output, .. } = &mount.source {
            engine.evaluate(output).await?;
        }
    }
    Ok(())
}
