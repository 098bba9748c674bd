//! Calls functions of modules in the runtime, and gives their code the API. The only place where the two loops meet.

use crate::loaded::Callable;
use async_trait::async_trait;
use dockwright_api::Api;
use dockwright_runtime::{CallError, LoadedModule, Runtime};
use dockwright_schema::{CallStack, Execute, Failure, FunctionCall, Invoke, ModuleId, Principal};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

/// Modules that can be called.
#[derive(Default)]
pub(crate) struct Invoker {
    modules: RwLock<HashMap<ModuleId, Callable>>,
    connected: OnceLock<(Runtime, Weak<Api>)>,
}

impl Invoker {
    /// Tells what runs the code and what API it sees.
    pub(crate) fn connect(&self, runtime: Runtime, api: &Arc<Api>) {
        self.connected.get_or_init(|| (runtime, Arc::downgrade(api)));
    }

    /// Makes a module callable.
    pub(crate) fn add(&self, id: ModuleId, callable: Callable) {
        self.modules
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, callable);
    }

    async fn load(&self, runtime: &Runtime, module: &ModuleId) -> Result<LoadedModule, Failure> {
        let callable = self
            .modules
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(module)
            .cloned();
        let callable = callable.ok_or_else(|| failure(format!("module {} is not loaded", module.0)))?;
        let source = callable.source().map_err(|error| failure(error.to_string()))?;
        runtime
            .load(source)
            .await
            .map_err(|error| CallError::from(error).into())
    }
}

#[async_trait]
impl Invoke for Invoker {
    async fn invoke(
        &self,
        module: &ModuleId,
        call: FunctionCall,
        stack: CallStack,
        span: u64,
    ) -> Result<serde_json::Value, Failure> {
        let (runtime, api) = self
            .connected
            .get()
            .ok_or_else(|| failure("the session has no runtime"))?;
        let api = api.upgrade().ok_or_else(|| failure("the session has ended"))?;
        let loaded = self.load(runtime, module).await?;
        let execute: Arc<dyn Execute> = api;
        Ok(runtime
            .invoke(&loaded, call, execute, Principal::Module(module.clone()), stack, span)
            .await?)
    }
}

fn failure(message: impl Into<String>) -> Failure {
    Failure {
        kind: "host".to_owned(),
        message: message.into(),
        location: None,
        trace: None,
        extensions: serde_json::Map::new(),
    }
}
