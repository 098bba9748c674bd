//! `Generator`: a function that returns the changes to make to the caller's files.

use super::found::{Found, Kind};
use super::run::{self, Wanted};
use super::subject::Subject;
use crate::api::Api;
use crate::arguments::{Arguments, object_of_type};
use crate::changeset::Changeset;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{ObjectId, Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// State of a generator.
#[derive(Clone, Debug)]
pub(crate) struct Generator {
    subject: Subject,
    found: Found,
    /// The changes; none before it is run.
    changes: Option<ObjectId>,
}

impl CoreObject for Generator {
    const TYPE: &'static str = "Generator";
    const VALUES: &'static [&'static str] = &[
        "changes",
        "completed",
        "description",
        "isEmpty",
        "name",
        "originalModule",
        "path",
    ];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Module", "generator"), ("Generator", "run")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Module", "generator") => {
                let subject = Subject::of_parent(api, call, request).await?;
                let found = subject.named(Arguments(&call.arguments).text("name")?, &[Kind::Generate])?;
                Ok(Generator {
                    subject,
                    found,
                    changes: None,
                })
            }
            ("Generator", "run") => {
                let before = api.parent_state::<Generator>(call, request).await?;
                let request = run::inside(&run::id_of(api, call, Self::TYPE), request)?;
                let id = run::call(api, &before.subject, &before.found, Wanted::Id, &request).await?;
                let changes = object_of_type(id.as_str().unwrap_or_default(), Changeset::TYPE).map_err(|_| {
                    ApiError::other(format!(
                        "generator `{}` returns no Changeset; a function with `generate` must",
                        before.found.name()
                    ))
                })?;
                Ok(Generator {
                    changes: Some(changes),
                    ..(*before).clone()
                })
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "changes" => Resolved::Object(self.made(field).await?),
            "completed" => Resolved::Value(json!(self.changes.is_some())),
            "description" => Resolved::Value(json!(self.found.description)),
            "isEmpty" => {
                let changes = self.made(field).await?;
                let changes = field.api.state::<Changeset>(&changes, field.request).await?;
                Resolved::Value(json!(changes.paths(field.api).await?.is_empty()))
            }
            "name" => Resolved::Value(json!(self.found.name())),
            "originalModule" => Resolved::Object(self.subject.original(field.api, &self.found)),
            "path" => Resolved::Value(json!(self.found.path)),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl Generator {
    /// The changes; who asks for those of a generator that was not run has it run.
    async fn made(&self, field: ValueOf<'_>) -> Result<ObjectId, ApiError> {
        match &self.changes {
            Some(changes) => Ok(changes.clone()),
            None => changes_of(field.api, field.id, field.request).await,
        }
    }
}

/// The changes that a generator makes.
pub(super) async fn changes_of(
    api: &Arc<Api>,
    generator: &ObjectId,
    request: &Arc<Request>,
) -> Result<ObjectId, ApiError> {
    let ran = Subject::ran(api, generator);
    let ran = api.state::<Generator>(&ran, request).await?;
    ran.changes
        .clone()
        .ok_or_else(|| ApiError::other("a generator that was run has no changes"))
}
