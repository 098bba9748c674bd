//! `Check`: a function that passes or fails. It fails when the function does, when a command of its container does, and for a generator when
//! there is something to change.

use super::found::{Found, Kind};
use super::run::{self, Wanted};
use super::subject::Subject;
use crate::api::Api;
use crate::arguments::{Arguments, object_of_type};
use crate::changeset::Changeset;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{ObjectId, Request, ResolveError, Resolved};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// State of a check.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(super) subject: Subject,
    pub(super) found: Found,
    /// How it went; none before it is run.
    pub(super) outcome: Option<Result<(), ApiError>>,
}

impl CoreObject for Check {
    const TYPE: &'static str = "Check";
    const VALUES: &'static [&'static str] = &[
        "checkType",
        "completed",
        "description",
        "error",
        "name",
        "originalModule",
        "passed",
        "path",
        "resultEmoji",
    ];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Module", "check"), ("Check", "run")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Module", "check") => {
                let subject = Subject::of_parent(api, call, request).await?;
                let found = subject.named(Arguments(&call.arguments).text("name")?, &[Kind::Check, Kind::Generate])?;
                Ok(Check {
                    subject,
                    found,
                    outcome: None,
                })
            }
            ("Check", "run") => {
                let before = api.parent_state::<Check>(call, request).await?;
                let request = run::inside(&run::id_of(api, call, Self::TYPE), request)?;
                let outcome = before.perform(api, &request).await;
                Ok(Check {
                    outcome: Some(outcome),
                    ..(*before).clone()
                })
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "checkType" => Resolved::Value(json!(self.found.kind.annotation())),
            "completed" => Resolved::Value(json!(self.outcome.is_some())),
            "description" => Resolved::Value(json!(self.found.description)),
            "error" => match &self.outcome {
                Some(Err(error)) => Resolved::Object(error_object(field.api, error)),
                _ => Resolved::Value(Value::Null),
            },
            "name" => Resolved::Value(json!(self.found.name())),
            "originalModule" => Resolved::Object(self.subject.original(field.api, &self.found)),
            "passed" => Resolved::Value(json!(self.has_passed())),
            "path" => Resolved::Value(json!(self.found.path)),
            "resultEmoji" => Resolved::Value(json!(self.emoji())),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl Check {
    /// Whether it was run and all went well.
    pub(super) fn has_passed(&self) -> bool {
        matches!(self.outcome, Some(Ok(())))
    }

    /// One sign for how it went; empty before it is run.
    pub(super) fn emoji(&self) -> &'static str {
        match &self.outcome {
            None => "",
            Some(Ok(())) => "🟢",
            Some(Err(_)) => "🔴",
        }
    }

    async fn perform(&self, api: &Arc<Api>, request: &Arc<Request>) -> Result<(), ApiError> {
        if self.found.kind != Kind::Generate {
            return run::call(api, &self.subject, &self.found, Wanted::Done, request)
                .await
                .map(drop);
        }
        let id = run::call(api, &self.subject, &self.found, Wanted::Id, request).await?;
        let changes = object_of_type(id.as_str().unwrap_or_default(), Changeset::TYPE)?;
        let changes = api.state::<Changeset>(&changes, request).await?;
        let paths = changes.paths(api).await?;
        if paths.is_empty() {
            return Ok(());
        }
        Err(ApiError::other(format!(
            "what it generates is not up to date: {}; run `dockwright generate {}`",
            shortened(&[&paths.modified, &paths.added, &paths.removed]),
            self.found.name()
        )))
    }
}

/// The first few files of these lists.
fn shortened(lists: &[&Vec<String>]) -> String {
    const SHOWN: usize = 5;
    let paths: Vec<&str> = lists
        .iter()
        .copied()
        .flatten()
        .map(String::as_str)
        .filter(|path| !path.ends_with('/'))
        .collect();
    let shown: Vec<&str> = paths.iter().take(SHOWN).copied().collect();
    let more = match paths.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &more
}

/// An `Error` with the message and the structured values.
pub(super) fn error_object(api: &Api, error: &ApiError) -> ObjectId {
    let ResolveError { message, extensions } = error.clone().into();
    let make = |parent_type: &str, parent: Option<ObjectId>, field: &str, arguments: Map<String, Value>| {
        let recipe = Recipe::Call(Call {
            parent_type: parent_type.into(),
            parent,
            field: field.into(),
            arguments,
            principal: None,
        });
        api.store().insert(&"Error".into(), recipe)
    };
    let scrubbed = |text: &str| api.telemetry().redactor().scrub(text).into_owned();
    let message = Map::from_iter([("message".to_owned(), Value::String(scrubbed(&message)))]);
    let mut made = make("Query", None, "error", message);
    for (name, value) in extensions {
        let arguments = [("name", name), ("value", scrubbed(&value.to_string()))];
        let arguments = arguments.map(|(name, value)| (name.to_owned(), Value::String(value)));
        made = make("Error", Some(made), "withValue", Map::from_iter(arguments));
    }
    made
}
