//! How sources come about.

use super::state::ModuleSource;
use super::{edit, listed, origin, values};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{Request, Resolved, SourceError, SourcePlace};
use std::sync::Arc;

impl From<SourceError> for ApiError {
    fn from(error: SourceError) -> ApiError {
        ApiError::Other(error.0)
    }
}

impl CoreObject for ModuleSource {
    const TYPE: &'static str = "ModuleSource";
    const VALUES: &'static [&'static str] = values::FIELDS;
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "moduleSource"),
        ("Directory", "asModuleSource"),
        ("ModuleSource", "blueprint"),
        ("ModuleSource", "withBlueprint"),
        ("ModuleSource", "withClient"),
        ("ModuleSource", "withDependencies"),
        ("ModuleSource", "withEngineVersion"),
        ("ModuleSource", "withExperimentalFeatures"),
        ("ModuleSource", "withIncludes"),
        ("ModuleSource", "withName"),
        ("ModuleSource", "withSDK"),
        ("ModuleSource", "withSourceSubpath"),
        ("ModuleSource", "withToolchains"),
        ("ModuleSource", "withUpdateBlueprint"),
        ("ModuleSource", "withUpdateDependencies"),
        ("ModuleSource", "withUpdateToolchains"),
        ("ModuleSource", "withUpdatedClients"),
        ("ModuleSource", "withoutBlueprint"),
        ("ModuleSource", "withoutClient"),
        ("ModuleSource", "withoutDependencies"),
        ("ModuleSource", "withoutExperimentalFeatures"),
        ("ModuleSource", "withoutToolchains"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        let principal = call.principal.as_ref().unwrap_or(&request.principal);
        match (&*call.parent_type, &*call.field) {
            ("Query", _) => {
                let place = origin::of_reference(api, principal, arguments)?;
                let found = api.module_sources().find(&place).await?;
                origin::require(&found, arguments)?;
                Ok(ModuleSource::new(place, found))
            }
            ("Directory", _) => {
                let directory = api.parent_state::<Directory>(call, request).await?;
                let place = origin::of_files(api, &directory, principal, arguments).await?;
                let found = api.module_sources().find(&place).await?;
                Ok(ModuleSource::new(place, found))
            }
            (_, listed::DEPENDENCY) => {
                let parent = api.parent_state::<ModuleSource>(call, request).await?;
                let place = SourcePlace::Dependency {
                    of: Box::new(parent.place.clone()),
                    source: arguments.text("source")?.to_owned(),
                    pin: arguments.non_empty_text("pin").map(str::to_owned),
                };
                let found = api.module_sources().find(&place).await?;
                let mut source = ModuleSource::new(place, found);
                source.name = arguments.non_empty_text("name").map(str::to_owned);
                Ok(source)
            }
            (_, "blueprint") => {
                let parent = api.parent_state::<ModuleSource>(call, request).await?;
                let id = listed::blueprint(api, &parent, call.parent.as_ref())?;
                Ok((*api.state::<ModuleSource>(&id, request).await?).clone())
            }
            (_, field) => {
                let mut source = (*api.parent_state::<ModuleSource>(call, request).await?).clone();
                origin::require_own(&request.principal, &source)?;
                edit::apply(api, &mut source, field, arguments, request).await?;
                Ok(source)
            }
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        values::value(self, field).await
    }
}
