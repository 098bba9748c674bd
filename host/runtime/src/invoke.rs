//! Calls a function of a module.

use crate::call_error::CallError;
use crate::convert;
use crate::imports::api::{Caller, Door};
use crate::instance::{Instance, Parts};
use crate::language::Purpose;
use crate::output::Output;
use crate::runtime::{LoadedModule, Runtime};
use crate::typed;
use dockwright_schema::{CallStack, Execute, FunctionCall, Principal};
use dockwright_telemetry::SpanId;
use std::sync::Arc;

impl Runtime {
    /// Runs one function in an instance of its own and returns its result. What the function asks of the API goes to
    /// `execute` in the name of `principal`. `stack` has this call on it and goes into those requests as it is; so does
    /// `span`, which also gets the call's output. When the function returns, fails or the future is dropped, requests that are
    /// still open are cancelled.
    ///
    /// # Errors
    /// [`CallError`]; the process and other calls live on whatever the code does.
    pub async fn invoke(
        &self,
        module: &LoadedModule,
        call: FunctionCall,
        execute: Arc<dyn Execute>,
        principal: Principal,
        stack: CallStack,
        span: u64,
    ) -> Result<serde_json::Value, CallError> {
        if stack.depth() > CallStack::MAX_DEPTH {
            return Err(CallError::TooDeep);
        }
        let inner = &self.inner;
        let function = if call.name.is_empty() {
            call.parent_type.clone()
        } else {
            format!("{}.{}", call.parent_type, call.name)
        };
        let parts = Parts {
            grants: module.source.grants(Purpose::Invoke, &inner.options.cache_dir)?,
            door: Door::Open(Arc::new(Caller {
                execute,
                principal,
                stack,
                span,
            })),
            output: Output::new(inner.telemetry.clone(), SpanId(span), inner.options.limits.output),
            watch: None,
        };
        let instance = Instance::start(&module.linked, &inner.options.limits, &inner.slots, parts).await?;
        if let Some(exports) = module.linked.typed() {
            return typed::invoke(exports, instance, &module.source.name, &call).await;
        }
        let call = convert::function_call(call);
        let result = instance
            .call(async |world, store| world.dockwright_module_functions().call_invoke(store, &call).await)
            .await?;
        let text = result.map_err(|failure| convert::failure(failure, &module.source))?;
        serde_json::from_str(&text).map_err(|error| CallError::Result {
            function,
            message: error.to_string(),
        })
    }
}
