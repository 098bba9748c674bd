//! `UpGroup`: services of a module, started side by side.

use super::found::Kind;
use super::run;
use super::subject::Subject;
use super::up::Up;
use crate::access::require_host;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{ObjectId, Request, Resolved};
use futures::future::try_join_all;
use std::sync::Arc;

/// State of a group of services.
#[derive(Clone, Debug)]
pub(crate) struct UpGroup {
    services: Vec<ObjectId>,
}

impl CoreObject for UpGroup {
    const TYPE: &'static str = "UpGroup";
    const VALUES: &'static [&'static str] = &["list"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Module", "services"), ("UpGroup", "run")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Module", "services") => {
                let subject = Subject::of_parent(api, call, request).await?;
                let found = subject.select(&[Kind::Up], &Arguments(&call.arguments).texts("include"));
                let services = found.iter().map(|one| subject.item(api, "service", one, Up::TYPE));
                Ok(UpGroup {
                    services: services.collect(),
                })
            }
            ("UpGroup", "run") => {
                require_host(
                    &request.principal,
                    "a port of the host",
                    "return the services to the caller",
                )?;
                let group = api.parent_state::<UpGroup>(call, request).await?;
                let request = run::inside(&run::id_of(api, call, Self::TYPE), request)?;
                let running = group.services.iter().map(|id| {
                    let (id, request) = (Subject::ran(api, id), request.clone());
                    async move { api.state::<Up>(&id, &request).await }
                });
                try_join_all(running).await?;
                Ok((*group).clone())
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "list" => Ok(Resolved::List(
                self.services.iter().cloned().map(Resolved::Object).collect(),
            )),
            _ => field.unsupported(Self::TYPE),
        }
    }
}
