//! How changesets come about.

use super::merge::{OnConflict, merge};
use super::state::Changeset;
use super::values;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::git::GitRepository;
use crate::recipe::Call;
use dockwright_engine::llb::Output;
use dockwright_schema::{Request, Resolved};
use std::sync::Arc;

impl CoreObject for Changeset {
    const TYPE: &'static str = "Changeset";
    const VALUES: &'static [&'static str] = values::FIELDS;
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "changeset"),
        ("Directory", "changes"),
        ("GitRepository", "uncommitted"),
        ("Changeset", "withChangeset"),
        ("Changeset", "withChangesets"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "changeset") => {
                let empty = Directory::root(Output::scratch());
                Ok(Changeset::new(empty.clone(), empty))
            }
            ("Directory", "changes") => {
                let after = api.parent_state::<Directory>(call, request).await?;
                let before = api
                    .state::<Directory>(&arguments.object("from", "Directory")?, request)
                    .await?;
                Ok(Changeset::new((*before).clone(), (*after).clone()))
            }
            ("GitRepository", "uncommitted") => {
                let repository = api.parent_state::<GitRepository>(call, request).await?;
                repository.uncommitted(api).await
            }
            ("Changeset", field) => {
                let ours = api.parent_state::<Changeset>(call, request).await?;
                let on_conflict = OnConflict::named(arguments.optional_text("onConflict"));
                if field == "withChangeset" {
                    let theirs = arguments.object("changes", "Changeset")?;
                    let theirs = api.state::<Changeset>(&theirs, request).await?;
                    return merge(api, &ours, &theirs, on_conflict).await;
                }
                let mut merged = Changeset::new(ours.before.clone(), ours.after.clone());
                for id in arguments.objects("changes", "Changeset")? {
                    let theirs = api.state::<Changeset>(&id, request).await?;
                    merged = merge(api, &merged, &theirs, on_conflict).await?;
                }
                Ok(merged)
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        values::value(self, field).await
    }
}
