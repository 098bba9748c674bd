//! Runs a program of the installation: one instance, a value in, a value out, no API.

use crate::call_error::CallError;
use crate::convert;
use crate::imports::api::Door;
use crate::instance::{Instance, Parts};
use crate::language::{Language, ModuleSource, Purpose};
use crate::output::Output;
use crate::runtime::Runtime;
use dockwright_schema::FunctionCall;
use dockwright_telemetry::SpanId;
use serde_json::Value;

impl Runtime {
    /// Gives the value to the program `runtimes/<name>.wasm` of the installation and returns its answer. It has the border of
    /// a module, and the value is the state of the object that is called; its output belongs to `span`.
    ///
    /// # Errors
    /// It is not installed, or fails.
    pub async fn run_tool(&self, name: &'static str, value: Value, span: u64) -> Result<Value, CallError> {
        let source = ModuleSource {
            name: name.to_owned(),
            digest: String::new(),
            language: Language::Tool { name },
        };
        let loaded = self.load(&source).await?;
        let inner = &self.inner;
        let parts = Parts {
            grants: source.grants(Purpose::Describe, &inner.options.cache_dir)?,
            door: Door::Closed,
            output: Output::new(inner.telemetry.clone(), SpanId(span), inner.options.limits.output),
            watch: None,
        };
        let call = convert::function_call(FunctionCall {
            parent_type: name.to_owned(),
            parent: value,
            name: "run".to_owned(),
            arguments: Vec::new(),
        });
        let instance = Instance::start(&loaded.linked, &inner.options.limits, &inner.slots, parts).await?;
        let result = instance
            .call(async |world, store| world.dockwright_module_functions().call_invoke(store, &call).await)
            .await?;
        let text = result.map_err(|failure| convert::failure(failure, &source))?;
        serde_json::from_str(&text).map_err(|error| CallError::Result {
            function: name.to_owned(),
            message: error.to_string(),
        })
    }
}
