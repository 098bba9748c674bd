//! Calls an annotated function, as a document that a client would send: the way from the main object, then what its result is asked for.

use super::found::Found;
use super::subject::Subject;
use crate::api::Api;
use crate::error::ApiError;
use crate::recipe::{Call, Recipe};
use dockwright_schema::core_types;
use dockwright_schema::module_def::TypeRef;
use dockwright_schema::names::camel_case;
use dockwright_schema::{CallStack, Failure, ModuleId, ObjectId, Principal, Request};
use dockwright_telemetry::{Outcome, SpanId, SpanKind};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What a result is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// That it comes about: a container's commands run.
    Done,
    /// Its ID.
    Id,
}

/// The request as one that the run of that object waits for. Whoever asks for the same run within it would wait for itself.
pub(super) fn inside(run: &ObjectId, request: &Arc<Request>) -> Result<Arc<Request>, ApiError> {
    let number = u64::from_le_bytes(run.digest().first_chunk().copied().unwrap_or_default());
    if request.stack.contains(number) {
        return Err(ApiError::other(format!(
            "{}.run is asked for by what it runs: it would wait for itself",
            run.type_name()
        )));
    }
    if request.stack.depth() >= CallStack::MAX_DEPTH {
        return Err(ApiError::other(format!(
            "more than {} function calls inside each other",
            CallStack::MAX_DEPTH
        )));
    }
    Ok(Arc::new(Request {
        stack: request.stack.push(number),
        ..(**request).clone()
    }))
}

/// The ID of what a call makes.
pub(super) fn id_of(api: &Api, call: &Call, type_name: &str) -> ObjectId {
    Recipe::Call(call.clone()).id(&type_name.into(), api.store().key())
}

/// Calls the function; shown as a step of its name.
pub(super) async fn call(
    api: &Arc<Api>,
    subject: &Subject,
    found: &Found,
    wanted: Wanted,
    request: &Request,
) -> Result<Value, ApiError> {
    let (served, path) = subject.owner(found);
    let id = served.id();
    let schema = api.schema(&Principal::Module(id.clone()))?;
    let parent = Some(SpanId(request.span)).filter(|span| span.0 != 0);
    let span = api.telemetry().span(found.name(), SpanKind::Function, parent);
    let asked = Request {
        document: document(&served.module.name, path, &found.returns, wanted),
        variables: None,
        operation_name: None,
        principal: request.principal.clone(),
        stack: request.stack.clone(),
        span: span.id().0,
    };
    let result = read(&schema.execute(asked).await, path.len() + 1, id);
    span.finish(match &result {
        Ok(_) => Outcome::Done,
        Err(error) => Outcome::Failed(error.to_string()),
    });
    result
}

/// `{ ci { backend { unit { sync } } } }`
fn document(module: &str, path: &[String], returns: &TypeRef, wanted: Wanted) -> String {
    let mut fields = vec![camel_case(module)];
    fields.extend(path.iter().cloned());
    fields.extend(leaf(returns, wanted).map(str::to_owned));
    format!("{{ {} {}", fields.join(" { "), "} ".repeat(fields.len()))
}

/// The field to ask a result for; none for what is a value itself.
fn leaf(returns: &TypeRef, wanted: Wanted) -> Option<&'static str> {
    match returns {
        TypeRef::Optional(inner) | TypeRef::List(inner) => leaf(inner, wanted),
        TypeRef::Object(name) if wanted == Wanted::Done => {
            let is_syncer = core_types::get(name).is_some_and(|core| core.is_a("Syncer"));
            Some(if is_syncer { "sync" } else { "id" })
        }
        TypeRef::Object(_) | TypeRef::Interface(_) => Some("id"),
        _ => None,
    }
}

/// The value in a response, below that many fields.
fn read(response: &str, depth: usize, module: &ModuleId) -> Result<Value, ApiError> {
    let mut response: Value = serde_json::from_str(response)
        .map_err(|error| ApiError::other(format!("module {}: the response cannot be read: {error}", module.0)))?;
    let errors = response.get_mut("errors").and_then(Value::as_array_mut);
    if let Some(error) = errors.and_then(|errors| errors.first_mut()) {
        return Err(failure(error.take()));
    }
    let mut at = response.get_mut("data").map(Value::take).unwrap_or_default();
    for _ in 0..depth {
        at = match at {
            Value::Object(fields) => fields.into_iter().next().map(|(_, value)| value).unwrap_or_default(),
            other => other,
        };
    }
    Ok(first_value(at))
}

/// An object's only field, in lists too.
fn first_value(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().next().map(|(_, value)| value).unwrap_or_default(),
        Value::Array(items) => Value::Array(items.into_iter().map(first_value).collect()),
        other => other,
    }
}

/// An error of a response, with its structure.
fn failure(mut error: Value) -> ApiError {
    let message = error
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let extensions = match error.get_mut("extensions").map(Value::take) {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    ApiError::Function(Box::new(Failure {
        kind: "host".to_owned(),
        message,
        location: None,
        trace: None,
        extensions,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_asked_for_what_makes_it_come_about() {
        let object = |name: &str| TypeRef::Object(name.to_owned());
        let written =
            |returns: TypeRef, wanted| document("my-ci", &["backend".into(), "unit".into()], &returns, wanted);
        assert_eq!(
            written(object("Container"), Wanted::Done),
            "{ myCi { backend { unit { sync } } } } "
        );
        assert_eq!(
            written(object("Changeset"), Wanted::Id),
            "{ myCi { backend { unit { id } } } } "
        );
        assert_eq!(
            written(TypeRef::List(Box::new(object("CiReport"))), Wanted::Done),
            "{ myCi { backend { unit { id } } } } "
        );
        assert_eq!(written(TypeRef::Void, Wanted::Done), "{ myCi { backend { unit } } } ");
    }

    #[test]
    fn values_and_errors_are_read() {
        let module = ModuleId("m".into());
        let read = |text: &str| super::read(text, 2, &module);
        assert_eq!(read(r#"{"data": {"ci": {"a": {"id": "X@1"}}}}"#).unwrap(), "X@1");
        assert_eq!(read(r#"{"data": {"ci": {"a": null}}}"#).unwrap(), Value::Null);
        let error = read(r#"{"data": null, "errors": [{"message": "no", "extensions": {"_type": "EXEC_ERROR"}}]}"#);
        let ApiError::Function(failure) = error.unwrap_err() else {
            panic!("a function's error")
        };
        assert_eq!((failure.message.as_str(), failure.extensions.len()), ("no", 1));
    }
}
