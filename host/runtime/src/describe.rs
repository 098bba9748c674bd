//! Asks a module what it offers. Its code is loaded for that, but cannot call the API.

use crate::call_error::CallError;
use crate::convert;
use crate::imports::api::Door;
use crate::instance::{Instance, Parts};
use crate::language::Purpose;
use crate::output::Output;
use crate::runtime::{LoadedModule, Runtime};
use crate::typed;
use dockwright_schema::ModuleDef;
use dockwright_telemetry::{Outcome, SpanKind};

impl Runtime {
    /// What the module offers. Runs in an instance of its own; a request to the API fails with a message that says why.
    /// The result depends on nothing but [`LoadedModule::runtime_digest`] and the source's digest.
    ///
    /// # Errors
    /// [`CallError`], with the language's own error when the module's source cannot be loaded.
    pub async fn describe(&self, module: &LoadedModule) -> Result<ModuleDef, CallError> {
        let span = self
            .inner
            .telemetry
            .span(format!("load module {}", module.source.name), SpanKind::Phase, None);
        let inner = &self.inner;
        let parts = Parts {
            grants: module.source.grants(Purpose::Describe, &inner.options.cache_dir)?,
            door: Door::Closed,
            output: Output::new(inner.telemetry.clone(), span.id(), inner.options.limits.output),
            watch: None,
        };
        let result = describe(self, module, parts).await;
        span.finish(match &result {
            Ok(_) => Outcome::Done,
            Err(error) => Outcome::Failed(error.to_string()),
        });
        result
    }
}

async fn describe(runtime: &Runtime, module: &LoadedModule, parts: Parts) -> Result<ModuleDef, CallError> {
    if let Some(exports) = module.linked.typed() {
        return Ok(typed::describe(exports, &module.source.name));
    }
    let inner = &runtime.inner;
    // Describing leaves bytecode behind, and only what is loaded makes it.
    let linked = runtime.unloaded(&module.source).await?;
    let instance = Instance::start(&linked, &inner.options.limits, &inner.slots, parts).await?;
    let described = instance
        .call(async |world, store| world.dockwright_module_functions().call_describe(store).await)
        .await?;
    let def = described.map_err(|failure| convert::failure(failure, &module.source))?;
    convert::module_def(def, &module.source).map_err(|source| CallError::Description {
        module: module.source.name.clone(),
        source,
    })
}
