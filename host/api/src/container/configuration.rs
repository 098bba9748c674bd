//! Entry point, arguments, user, working directory, labels, annotations, ports.

use super::environment::expand;
use super::healthcheck;
use super::state::{Container, TerminalCommand};
use crate::arguments::Arguments;
use crate::error::ApiError;
use serde_json::json;

/// The container after the call; none when the call is of another file.
pub(super) fn step(
    mut container: Container,
    field: &str,
    arguments: Arguments<'_>,
) -> Result<Option<Container>, ApiError> {
    let expanded = |container: &Container, name: &str| -> Result<String, ApiError> {
        let text = arguments.text(name)?;
        Ok(if arguments.flag("expand") {
            expand(container, text)?
        } else {
            text.to_owned()
        })
    };
    match field {
        "withWorkdir" => container.config.config.working_dir = container.absolute(&expanded(&container, "path")?),
        "withoutWorkdir" => container.config.config.working_dir.clear(),
        "withUser" => arguments.text("name")?.clone_into(&mut container.config.config.user),
        "withoutUser" => container.config.config.user.clear(),
        "withLabel" => {
            container
                .config
                .config
                .labels
                .insert(arguments.text("name")?.to_owned(), arguments.text("value")?.to_owned());
        }
        "withoutLabel" => {
            container.config.config.labels.remove(arguments.text("name")?);
        }
        "withAnnotation" => {
            container
                .annotations
                .insert(arguments.text("name")?.to_owned(), arguments.text("value")?.to_owned());
        }
        "withoutAnnotation" => {
            container.annotations.remove(arguments.text("name")?);
        }
        "withEntrypoint" => {
            container.config.config.entrypoint = Some(arguments.texts("args"));
            if !arguments.flag("keepDefaultArgs") {
                container.config.config.cmd = None;
            }
        }
        "withoutEntrypoint" => {
            container.config.config.entrypoint = None;
            if !arguments.flag("keepDefaultArgs") {
                container.config.config.cmd = None;
            }
        }
        "withDockerHealthcheck" => return healthcheck::with(container, arguments).map(Some),
        "withoutDockerHealthcheck" => container.config.config.healthcheck = None,
        "experimentalWithAllGPUs" => container.devices = vec![gpu("all")],
        "experimentalWithGPU" => container.devices = arguments.texts("devices").iter().map(|name| gpu(name)).collect(),
        "withDefaultTerminalCmd" => {
            container.terminal_command = Some(TerminalCommand {
                command: arguments.texts("args"),
                insecure: arguments.flag("insecureRootCapabilities"),
            });
        }
        "withDefaultArgs" => container.config.config.cmd = Some(arguments.texts("args")),
        "withoutDefaultArgs" => container.config.config.cmd = None,
        "withExposedPort" => {
            let key = port_key(arguments)?;
            if let Some(description) = arguments.non_empty_text("description") {
                container.port_descriptions.insert(key.clone(), description.to_owned());
            }
            if arguments.flag("experimentalSkipHealthcheck") {
                container.unchecked_ports.insert(key.clone());
            } else {
                container.unchecked_ports.remove(&key);
            }
            container.config.config.exposed_ports.insert(key, json!({}));
        }
        "withoutExposedPort" => {
            let key = port_key(arguments)?;
            container.port_descriptions.remove(&key);
            container.unchecked_ports.remove(&key);
            container.config.config.exposed_ports.remove(&key);
        }
        _ => return Ok(None),
    }
    Ok(Some(container))
}

/// The CDI name of a GPU: `all`, a number, or a name that is complete already.
fn gpu(name: &str) -> String {
    if name.contains('=') {
        name.to_owned()
    } else {
        format!("nvidia.com/gpu={name}")
    }
}

fn port_key(arguments: Arguments<'_>) -> Result<String, ApiError> {
    let port = arguments.optional_integer("port").unwrap_or_default();
    if !(1..=65535).contains(&port) {
        return Err(ApiError::other(format!(
            "argument `port`: {port} is no port; it should be between 1 and 65535"
        )));
    }
    let protocol = arguments.optional_text("protocol").unwrap_or("TCP").to_lowercase();
    Ok(format!("{port}/{protocol}"))
}
