//! Functions of modules that carry `check`, `generate` or `up`: what `dockwright check`, `generate` and `up` run, and clients of the API too.
//!
//! `found` lists them from the module's definition, `pattern` picks some, `run` calls one. A type of the API has a file of its own. Nothing here
//! knows the command line.

mod check;
mod check_group;
mod found;
mod generator;
mod generator_group;
mod pattern;
mod report;
mod run;
mod subject;
mod up;
mod up_group;

pub(crate) use check::Check;
pub(crate) use check_group::CheckGroup;
pub(crate) use generator::Generator;
pub(crate) use generator_group::GeneratorGroup;
pub(crate) use pattern::matches as matches_pattern;
pub(crate) use report::{NAME as REPORT_NAME, text as report_text};
pub(crate) use up::Up;
pub(crate) use up_group::UpGroup;

use crate::api::Api;
use crate::error::ApiError;
use dockwright_schema::{ObjectId, Request};
use std::sync::Arc;

/// Makes the object of a field `run`: who asks for it wants the work done, also when no value is read.
pub(crate) async fn force(api: &Arc<Api>, id: &ObjectId, request: &Arc<Request>) -> Result<(), ApiError> {
    match &**id.type_name() {
        "Check" => api.state::<Check>(id, request).await.map(drop),
        "CheckGroup" => api.state::<CheckGroup>(id, request).await.map(drop),
        "Generator" => api.state::<Generator>(id, request).await.map(drop),
        "GeneratorGroup" => api.state::<GeneratorGroup>(id, request).await.map(drop),
        "Up" => api.state::<Up>(id, request).await.map(drop),
        "UpGroup" => api.state::<UpGroup>(id, request).await.map(drop),
        _ => Ok(()),
    }
}
