//! `terminal`: a command in a container, at the terminal of whoever called.
//!
//! This crate knows what shall run; whoever made the API has the terminal, if there is one, and lends it through [`TerminalHost`].

use crate::access::require_host;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::container::{Container, terminal_command};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::service::Service;
use async_trait::async_trait;
use dockwright_engine::Terminal;
use dockwright_schema::Request;
use std::sync::Arc;

/// What a directory's terminal runs in when no container is given.
const IMAGE: &str = "alpine";
/// Where it finds the directory.
const PLACE: &str = "/src";

/// Who has a terminal.
#[async_trait]
pub trait TerminalHost: Send + Sync {
    /// Why there is none, in one sentence; nothing when there is one.
    fn missing(&self) -> Option<String>;

    /// Connects the user's terminal with the command until it ends.
    async fn lend(&self, terminal: Terminal) -> Result<(), String>;
}

/// Refuses at once, before anything is made, where there is no terminal or it is not the asker's.
fn host<'a>(api: &'a Api, request: &Request, field: &str) -> Result<&'a Arc<dyn TerminalHost>, ApiError> {
    require_host(
        &request.principal,
        format!("{field}: the user's terminal"),
        "return the object and let the caller open a terminal in it",
    )?;
    let host = api.terminal();
    match host.missing() {
        None => Ok(host),
        Some(reason) => Err(ApiError::other(format!("{field} needs a terminal: {reason}"))),
    }
}

/// `Container.terminal`; the container is afterwards what it was before.
pub(crate) async fn of_container(
    api: &Arc<Api>,
    container: &Container,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<(), ApiError> {
    let host = host(api, request, "Container.terminal")?;
    let exec = terminal_command(api, container, arguments, request).await?;
    let terminal = api.engine().await?.open_terminal(&exec, &container.platform).await?;
    host.lend(terminal).await.map_err(ApiError::other)
}

/// `Directory.terminal`: a container that has the directory at [`PLACE`].
pub(crate) async fn of_directory(
    api: &Arc<Api>,
    directory: &Directory,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<(), ApiError> {
    host(api, request, "Directory.terminal")?;
    let container = match arguments.optional_object("container", "Container")? {
        Some(id) => (*api.state::<Container>(&id, request).await?).clone(),
        None => Container::of_image(api, IMAGE).await?,
    };
    of_container(api, &container.with_directory_at(directory, PLACE), arguments, request).await
}

/// `Service.terminal`: in the service's container, beside what it runs.
pub(crate) async fn of_service(
    api: &Arc<Api>,
    service: &Service,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<(), ApiError> {
    let host = host(api, request, "Service.terminal")?;
    let container = service.container().ok_or_else(|| {
        ApiError::other(
            "Service.terminal: this service is a port of a machine, and no container in which something could run",
        )
    })?;
    let exec = terminal_command(api, container, arguments, request).await?;
    let key = service.declare(api, request).await?;
    let terminal = api.engine().await?.open_terminal_in_service(&key, &exec).await?;
    host.lend(terminal).await.map_err(ApiError::other)
}
