//! Services that a container's commands need.

use super::state::{Container, ServiceBinding};
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::service::host_name;

/// The container with a service under a name; another of that name is replaced.
pub(super) fn bind(mut container: Container, arguments: Arguments<'_>) -> Result<Container, ApiError> {
    let alias = host_name(arguments.text("alias")?)?.to_owned();
    let service = arguments.object("service", "Service")?;
    container.services.retain(|binding| binding.alias != alias);
    container.services.push(ServiceBinding { alias, service });
    Ok(container)
}
