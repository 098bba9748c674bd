//! `CurrentModule`: the module whose code asks.

use crate::access::HostView;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::host;
use crate::loaded_module::ServedModule;
use crate::module::Module;
use crate::module_source::{self, ModuleSource};
use crate::recipe::Call;
use dockwright_engine::LocalDirectory;
use dockwright_schema::{Principal, Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// State of the current module.
#[derive(Clone, Debug)]
pub(crate) struct CurrentModule {
    /// What can be called of it.
    pub served: Arc<ServedModule>,
}

/// What lies beside a module's source and is not it: what tools make, and where secrets are kept.
const NOT_SOURCE: [&str; 6] = [
    "**/.git",
    "**/.env",
    "**/.venv",
    "**/node_modules",
    "**/__pycache__",
    "sdk",
];

impl CoreObject for CurrentModule {
    const TYPE: &'static str = "CurrentModule";
    const VALUES: &'static [&'static str] = &["dependencies", "name"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "currentModule")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        if &*call.field != "currentModule" {
            return unsupported_source(call);
        }
        match call.principal.as_ref().unwrap_or(&request.principal) {
            Principal::Module(id) => Ok(CurrentModule {
                served: api.module(id)?,
            }),
            _ => Err(ApiError::other(
                "currentModule: there is no current module; only module code has one",
            )),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "dependencies" => {
                let dependencies = self.served.dependencies.iter();
                let objects = dependencies.map(|module| Resolved::Object(Module::id(field.api, module)));
                Ok(Resolved::List(objects.collect()))
            }
            "name" => Ok(Resolved::Value(json!(self.served.module.name))),
            _ => field.unsupported(Self::TYPE),
        }
    }
}

impl CurrentModule {
    /// The module's private directory.
    pub(crate) fn workdir(&self, api: &Api) -> Result<HostView, ApiError> {
        api.host_view(&Principal::Module(self.served.id().clone()))
    }

    fn published(&self) -> ApiError {
        let name = &self.served.module.name;
        ApiError::other(format!("module `{name}` was published: its source is not here"))
    }

    /// The directory of one of its fields.
    pub(crate) async fn directory(
        &self,
        api: &Arc<Api>,
        field: &str,
        arguments: Arguments<'_>,
    ) -> Result<Directory, ApiError> {
        match field {
            "workdir" => host::directory(api, &self.workdir(api)?, arguments.text("path")?, arguments).await,
            "source" => {
                let root = self.served.source_root.as_ref().ok_or_else(|| self.published())?;
                let local = LocalDirectory {
                    exclude: NOT_SOURCE.map(str::to_owned).to_vec(),
                    ..LocalDirectory::new(root)
                };
                let name = format!("source of module {}", self.served.module.name);
                Ok(Directory::root(api.engine().await?.add_local(&name, local).await))
            }
            _ => {
                let place = module_source::of_served(&self.served).ok_or_else(|| self.published())?;
                let found = api.module_sources().find(&place).await?;
                module_source::generated_directory(api, &ModuleSource::new(place, found)).await
            }
        }
    }
}
