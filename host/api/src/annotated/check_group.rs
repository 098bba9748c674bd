//! `CheckGroup`: checks of a module, run side by side.

use super::check::Check;
use super::found::Kind;
use super::run;
use super::subject::Subject;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{ObjectId, Request, Resolved};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use std::sync::Arc;

/// State of a group of checks.
#[derive(Clone, Debug)]
pub(crate) struct CheckGroup {
    /// The checks; those of a group that was run are as they were after it.
    pub(super) checks: Vec<ObjectId>,
}

impl CoreObject for CheckGroup {
    const TYPE: &'static str = "CheckGroup";
    const VALUES: &'static [&'static str] = &["list"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Module", "checks"), ("CheckGroup", "run")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Module", "checks") => {
                let subject = Subject::of_parent(api, call, request).await?;
                let kinds: &[Kind] = match arguments.flag("noGenerate") {
                    true => &[Kind::Check],
                    false => &[Kind::Check, Kind::Generate],
                };
                let found = subject.select(kinds, &arguments.texts("include"));
                let checks = found.iter().map(|one| subject.item(api, "check", one, Check::TYPE));
                Ok(CheckGroup {
                    checks: checks.collect(),
                })
            }
            ("CheckGroup", "run") => {
                let group = api.parent_state::<CheckGroup>(call, request).await?;
                let request = run::inside(&run::id_of(api, call, Self::TYPE), request)?;
                let checks = perform(api, &group.checks, arguments.flag("failFast"), &request).await?;
                Ok(CheckGroup { checks })
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "list" => Ok(Resolved::List(
                self.checks.iter().cloned().map(Resolved::Object).collect(),
            )),
            _ => field.unsupported(Self::TYPE),
        }
    }
}

/// Runs the checks. With `fail_fast` those that go on when one fails are cancelled, and stay as they were.
async fn perform(
    api: &Arc<Api>,
    checks: &[ObjectId],
    fail_fast: bool,
    request: &Arc<Request>,
) -> Result<Vec<ObjectId>, ApiError> {
    let mut after = checks.to_vec();
    let mut running: FuturesUnordered<_> = checks
        .iter()
        .enumerate()
        .map(|(index, check)| async move {
            let id = Subject::ran(api, check);
            let ran = api.state::<Check>(&id, request).await?;
            Ok::<_, ApiError>((index, id, ran.has_passed()))
        })
        .collect();
    while let Some(finished) = running.next().await {
        let (index, id, passed) = finished?;
        if let Some(place) = after.get_mut(index) {
            *place = id;
        }
        if fail_fast && !passed {
            break;
        }
    }
    Ok(after)
}
