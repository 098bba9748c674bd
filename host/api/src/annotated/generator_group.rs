//! `GeneratorGroup`: generators of a module, run side by side, and what they change together.

use super::found::Kind;
use super::generator::{Generator, changes_of};
use super::run;
use super::subject::Subject;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::changeset::Changeset;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::{Call, Recipe};
use dockwright_schema::{ObjectId, Request, Resolved};
use futures::future::try_join_all;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// State of a group of generators.
#[derive(Clone, Debug)]
pub(crate) struct GeneratorGroup {
    generators: Vec<ObjectId>,
}

impl CoreObject for GeneratorGroup {
    const TYPE: &'static str = "GeneratorGroup";
    const VALUES: &'static [&'static str] = &["changes", "isEmpty", "list"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Module", "generators"),
        ("CurrentModule", "generators"),
        ("GeneratorGroup", "run"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        match (&*call.parent_type, &*call.field) {
            ("Module" | "CurrentModule", "generators") => {
                let subject = Subject::of_parent(api, call, request).await?;
                let found = subject.select(&[Kind::Generate], &Arguments(&call.arguments).texts("include"));
                let generators = found
                    .iter()
                    .map(|one| subject.item(api, "generator", one, Generator::TYPE));
                Ok(GeneratorGroup {
                    generators: generators.collect(),
                })
            }
            ("GeneratorGroup", "run") => {
                let group = api.parent_state::<GeneratorGroup>(call, request).await?;
                let request = run::inside(&run::id_of(api, call, Self::TYPE), request)?;
                group.perform(api, &request).await?;
                let generators = group.generators.iter().map(|id| Subject::ran(api, id));
                Ok(GeneratorGroup {
                    generators: generators.collect(),
                })
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "list" => Resolved::List(self.generators.iter().cloned().map(Resolved::Object).collect()),
            "isEmpty" => {
                let changes = merged(field, self.perform(field.api, field.request).await?);
                let changes = field.api.state::<Changeset>(&changes, field.request).await?;
                Resolved::Value(json!(changes.paths(field.api).await?.is_empty()))
            }
            "changes" => Resolved::Object(merged(field, self.perform(field.api, field.request).await?)),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl GeneratorGroup {
    /// The changes of each.
    async fn perform(&self, api: &Arc<Api>, request: &Arc<Request>) -> Result<Vec<ObjectId>, ApiError> {
        try_join_all(self.generators.iter().map(|id| changes_of(api, id, request))).await
    }
}

/// The changes as one changeset.
fn merged(field: ValueOf<'_>, mut changes: Vec<ObjectId>) -> ObjectId {
    let make = |parent_type: &str, parent: Option<ObjectId>, name: &str, arguments: Value| {
        let arguments = match arguments {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        let recipe = Recipe::Call(Call {
            parent_type: parent_type.into(),
            parent,
            field: name.into(),
            arguments,
            principal: None,
        });
        field.api.store().insert(&Changeset::TYPE.into(), recipe)
    };
    if changes.is_empty() {
        return make("Query", None, "changeset", json!({}));
    }
    let first = changes.remove(0);
    if changes.is_empty() {
        return first;
    }
    let others: Vec<String> = changes.iter().map(ToString::to_string).collect();
    let on_conflict = field.arguments.optional_text("onConflict").unwrap_or("FAIL_EARLY");
    make(
        Changeset::TYPE,
        Some(first),
        "withChangesets",
        json!({"changes": others, "onConflict": on_conflict}),
    )
}
