//! A call of one exported function.

use super::exports::{Exports, short};
use super::values::{to_json, to_wit};
use crate::call_error::CallError;
use crate::instance::Instance;
use dockwright_schema::names::{camel_case, pascal_case};
use dockwright_schema::{Failure, FunctionCall};
use serde_json::{Value, json};
use wasmtime::component::Val;

/// Calls the function in the instance, which ends with it. `module` is the module's name.
pub(crate) async fn invoke(
    exports: &Exports,
    instance: Instance,
    module: &str,
    call: &FunctionCall,
) -> Result<Value, CallError> {
    let main = pascal_case(module);
    let leads_to_interface = |interface: &&str| camel_case(short(interface)) == call.name;
    if call.parent_type == main && exports.interfaces().iter().any(leads_to_interface) {
        return Ok(json!({}));
    }
    let place = format!("{}.{}", call.parent_type, call.name);
    let export = exports.find(&main, &call.parent_type, &call.name);
    let export = export.ok_or_else(|| failed("host", format!("the component exports no function for `{place}`")))?;
    let mut arguments = Vec::new();
    for (name, ty) in export.ty.params() {
        let api_name = camel_case(name);
        let given = call.arguments.iter().find(|(given, _)| *given == api_name);
        let value = given.map_or(&Value::Null, |(_, value)| value);
        let misfit = |message| failed("ValueError", format!("argument `{api_name}` of `{place}`: {message}"));
        arguments.push(to_wit(value, &ty).map_err(misfit)?);
    }
    let mut results = vec![Val::Bool(false); export.ty.results().len()];
    instance
        .call_export(export.interface.as_deref(), &export.name, &arguments, &mut results)
        .await?;
    let returned =
        |value: &Val| to_json(value).map_err(|message| failed("ValueError", format!("`{place}`: {message}")));
    match results.first() {
        None | Some(Val::Result(Ok(None))) => Ok(Value::Null),
        Some(Val::Result(Ok(Some(value)))) => returned(value),
        Some(Val::Result(Err(error))) => {
            let message = match error.as_deref().map(to_json) {
                Some(Ok(Value::String(text))) => text,
                Some(Ok(other)) => other.to_string(),
                Some(Err(_)) | None => format!("`{place}` failed and says no more"),
            };
            Err(failed("error", message))
        }
        Some(value) => returned(value),
    }
}

fn failed(kind: &str, message: String) -> CallError {
    CallError::Failure(Box::new(Failure {
        kind: kind.to_owned(),
        message,
        location: None,
        trace: None,
        extensions: serde_json::Map::new(),
    }))
}
