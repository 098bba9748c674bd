//! `Up`: a function that returns a service, reached from the caller's machine while it runs.

use super::found::{Found, Kind};
use super::run::{self, Wanted};
use super::subject::Subject;
use crate::access::require_host;
use crate::api::Api;
use crate::arguments::{Arguments, object_of_type};
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use crate::service::Service;
use dockwright_schema::{Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// State of a service's function.
#[derive(Clone, Debug)]
pub(crate) struct Up {
    subject: Subject,
    found: Found,
}

impl CoreObject for Up {
    const TYPE: &'static str = "Up";
    const VALUES: &'static [&'static str] = &["description", "name", "originalModule", "path"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Up", "run")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Module", "service") => {
                let subject = Subject::of_parent(api, call, request).await?;
                let found = subject.named(Arguments(&call.arguments).text("name")?, &[Kind::Up])?;
                Ok(Up { subject, found })
            }
            ("Up", "run") => {
                require_host(
                    &request.principal,
                    "a port of the host",
                    "return the service to the caller",
                )?;
                let before = api.parent_state::<Up>(call, request).await?;
                let request = run::inside(&run::id_of(api, call, Self::TYPE), request)?;
                before.perform(api, &request).await?;
                Ok((*before).clone())
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "description" => Resolved::Value(json!(self.found.description)),
            "name" => Resolved::Value(json!(self.found.name())),
            "originalModule" => Resolved::Object(self.subject.original(field.api, &self.found)),
            "path" => Resolved::Value(json!(self.found.path)),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl Up {
    /// Starts the service, opens its ports on the caller's machine, under the same numbers unless the manifest says others, and stays until it ends.
    async fn perform(&self, api: &Arc<Api>, request: &Arc<Request>) -> Result<(), ApiError> {
        let id = run::call(api, &self.subject, &self.found, Wanted::Id, request).await?;
        let id = object_of_type(id.as_str().unwrap_or_default(), Service::TYPE).map_err(|_| {
            ApiError::other(format!(
                "`{}` returns no Service; a function with `up` must",
                self.found.name()
            ))
        })?;
        let service = api.state::<Service>(&id, request).await?;
        let ports = self.subject.ports(&self.found);
        service.forward(api, request, &self.found.name(), ports).await
    }
}
