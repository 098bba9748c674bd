//! Objects of modules: constructors, functions, fields.

use crate::api::Api;
use crate::contextual_git::{contextual_git, is_git};
use crate::dispatch::parent;
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::recipe::{Call, Recipe, canonical};
use crate::value::{from_module, keep, state_of, to_module};
use dockwright_schema::module_def::{FunctionDef, TypeRef};
use dockwright_schema::{CallStack, FieldCall, FunctionCall, ModuleId, ObjectId, Principal, Resolved};
use dockwright_telemetry::{Outcome, SpanId, SpanKind};
use futures::FutureExt;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;

/// `Query.<module>`.
pub(crate) async fn construct(
    api: &Arc<Api>,
    call: &FieldCall,
    module: &ModuleId,
    object: &str,
) -> Result<Resolved, ApiError> {
    let served = api.module(module)?;
    let def = served
        .module
        .def
        .object(object)
        .ok_or_else(|| ApiError::other(format!("module `{}` has no object `{object}`", served.module.name)))?;
    let state = match &def.constructor {
        None => json!({}),
        Some(constructor) => {
            let arguments = arguments(api, &served, object, constructor, call)?;
            match constructor
                .annotations
                .get("storesArguments")
                .and_then(Value::as_object)
            {
                Some(keys) => stored(keys, arguments),
                None => run(api, &served, object, json!({}), constructor, arguments, call).await?,
            }
        }
    };
    Ok(Resolved::Object(keep(api, &served.module, object, state)))
}

/// The state that a constructor makes which only stores its arguments: no code needs to run for it.
fn stored(keys: &Map<String, Value>, arguments: Vec<(String, Value)>) -> Value {
    let key = |name: String| keys.get(&name).and_then(Value::as_str).map_or(name, str::to_owned);
    Value::Object(arguments.into_iter().map(|(name, value)| (key(name), value)).collect())
}

/// A function of an object.
pub(crate) async fn call(
    api: &Arc<Api>,
    call: &FieldCall,
    module: &ModuleId,
    object: &str,
) -> Result<Resolved, ApiError> {
    let served = api.module(module)?;
    let function = function(&served, object, &call.field.name)?;
    let parent = state_of(api, parent(call)?)?;
    let arguments = arguments(api, &served, object, function, call)?;
    let result = run(api, &served, object, parent, function, arguments, call).await?;
    from_module(api, &served, &function.returns, result)
}

fn function<'a>(served: &'a ServedModule, object: &str, name: &str) -> Result<&'a FunctionDef, ApiError> {
    let found = served.module.def.object(object).and_then(|def| def.function(name));
    found.ok_or_else(|| {
        ApiError::other(format!(
            "module `{}` has no function `{object}.{name}`",
            served.module.name
        ))
    })
}

/// A function of an interface: that of the object which is behind it, or a field.
pub(crate) async fn behave(api: &Arc<Api>, call: &FieldCall) -> Result<Resolved, ApiError> {
    let id = parent(call)?;
    let recipe = api.store().get(id)?;
    let Recipe::Module { module, object, .. } = &*recipe else {
        return Err(ApiError::UnknownId(id.to_string()));
    };
    let served = api.module(module)?;
    let fields = served.module.def.object(object).map(|def| def.fields.iter());
    let state = fields
        .into_iter()
        .flatten()
        .find(|field| *field.name == *call.field.name);
    match state {
        Some(state) => field(api, call, &state.original_name).await,
        None => self::call(api, call, module, object).await,
    }
}

/// A field of an object's state.
pub(crate) async fn field(api: &Arc<Api>, call: &FieldCall, key: &str) -> Result<Resolved, ApiError> {
    let id = parent(call)?;
    let recipe = api.store().get(id)?;
    let Recipe::Module { module, object, state } = &*recipe else {
        return Err(ApiError::UnknownId(id.to_string()));
    };
    let served = api.module(module)?;
    let declared = served
        .module
        .def
        .object(object)
        .and_then(|def| def.fields.iter().find(|field| field.original_name == key));
    let declared = declared.ok_or_else(|| {
        ApiError::other(format!(
            "`{object}` of module `{}` has no field `{key}`",
            served.module.name
        ))
    })?;
    from_module(
        api,
        &served,
        &declared.r#type,
        state.get(key).cloned().unwrap_or(Value::Null),
    )
}

/// The arguments in the function's order, with what the host fills in.
fn arguments(
    api: &Arc<Api>,
    served: &ServedModule,
    object: &str,
    function: &FunctionDef,
    call: &FieldCall,
) -> Result<Vec<(String, Value)>, ApiError> {
    let mut result = Vec::with_capacity(function.arguments.len());
    for declared in &function.arguments {
        let given = call
            .arguments
            .get(&declared.name)
            .filter(|value| !value.is_null())
            .cloned()
            .or_else(|| served.user_defaults.value(api, object, &function.name, declared));
        let value = match (
            given,
            declared.annotations.text("defaultPath"),
            declared.annotations.text("defaultAddress"),
        ) {
            (Some(value), _, _) => value,
            (None, Some(path), _) if is_git(kind(&declared.r#type)) => {
                match contextual_git(api, served, kind(&declared.r#type), path)? {
                    Some(id) => Value::String(id.to_string()),
                    None if matches!(declared.r#type, TypeRef::Optional(_)) => continue,
                    None => {
                        return Err(ApiError::other(format!(
                            "module `{}` is in no git repository: `{}` has no default; pass the argument",
                            served.module.name, declared.name
                        )));
                    }
                }
            }
            (None, Some(path), _) => {
                let ignore = declared.annotations.get("ignore").cloned().unwrap_or_else(|| json!([]));
                Value::String(contextual(api, served, &declared.r#type, path, ignore)?.to_string())
            }
            (None, None, Some(address)) => {
                let container = derive(api, "Query", None, "container", json!({}), None, "Container");
                Value::String(
                    derive(
                        api,
                        "Container",
                        Some(container),
                        "from",
                        json!({"address": address}),
                        None,
                        "Container",
                    )
                    .to_string(),
                )
            }
            // The API fills in defaults, but one of an interface does not know those of the object behind it.
            (None, None, None) => match &declared.default_value {
                Some(default) if !default.is_null() => default.clone(),
                _ => continue,
            },
        };
        result.push((declared.name.clone(), to_module(api, served, &declared.r#type, value)?));
    }
    Ok(result)
}

/// The object that an argument of the type is; empty for others.
fn kind(declared: &TypeRef) -> &str {
    match declared.without_optional().0 {
        TypeRef::Object(name) => name,
        _ => "",
    }
}

/// A file or directory of the module's own context, resolved on the host side for the caller.
fn contextual(
    api: &Arc<Api>,
    served: &ServedModule,
    declared: &TypeRef,
    path: &str,
    ignore: Value,
) -> Result<ObjectId, ApiError> {
    let name = &served.module.name;
    let (start, rest) = match path.strip_prefix('/') {
        Some(rest) => (&served.context_root, rest),
        None => (&served.module_root, path),
    };
    let root = served.context_root.as_ref().or(start.as_ref()).zip(start.as_ref());
    let (context, start) = root.ok_or_else(|| {
        ApiError::other(format!(
            "module `{name}` is not in a directory here: its default path `{path}` leads nowhere; pass the argument"
        ))
    })?;
    let full = start.join(rest);
    let real = full
        .canonicalize()
        .map_err(|error| ApiError::other(format!("default path `{path}` of module `{name}`: {error}")))?;
    let real_context = context
        .canonicalize()
        .map_err(|error| ApiError::other(error.to_string()))?;
    if !real.starts_with(&real_context) {
        return Err(ApiError::other(format!(
            "default path `{path}` of module `{name}` leads out of its context {}",
            context.display()
        )));
    }
    let host = derive(
        api,
        "Query",
        None,
        "host",
        json!({}),
        Some(Principal::CommandLine),
        "Host",
    );
    let text = |path: &Path| path.to_string_lossy().into_owned();
    match declared.without_optional().0 {
        TypeRef::Object(kind) if kind == "File" => Ok(derive(
            api,
            "Host",
            Some(host),
            "file",
            json!({"path": text(&real)}),
            None,
            "File",
        )),
        TypeRef::Object(kind) if kind == "Directory" => {
            let arguments =
                json!({"path": text(&real), "exclude": ignore, "include": [], "noCache": false, "gitignore": false});
            Ok(derive(
                api,
                "Host",
                Some(host),
                "directory",
                arguments,
                None,
                "Directory",
            ))
        }
        other => Err(ApiError::other(format!(
            "default path `{path}` of module `{name}`: not supported for {other:?}"
        ))),
    }
}

pub(crate) fn derive(
    api: &Arc<Api>,
    parent_type: &str,
    parent: Option<ObjectId>,
    field: &str,
    arguments: Value,
    principal: Option<Principal>,
    result: &str,
) -> ObjectId {
    let arguments = match arguments {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    let recipe = Recipe::Call(Call {
        parent_type: parent_type.into(),
        parent,
        field: field.into(),
        arguments,
        principal,
    });
    api.store().insert(&result.into(), recipe)
}

/// Runs a function once per session: equal calls share the result, and waiting for a call that one is part of is an error.
async fn run(
    api: &Arc<Api>,
    served: &Arc<ServedModule>,
    object: &str,
    parent: Value,
    function: &FunctionDef,
    arguments: Vec<(String, Value)>,
    call: &FieldCall,
) -> Result<Value, ApiError> {
    let module = served.id().clone();
    let call_of = FunctionCall {
        parent_type: object.to_owned(),
        parent,
        name: function.name.clone(),
        arguments,
    };
    let digest = digest(api, &module, &call_of);
    let number = u64::from_le_bytes(digest.first_chunk().copied().unwrap_or_default());
    let stack = &call.request.stack;
    let label = if function.name.is_empty() {
        served.module.name.clone()
    } else {
        format!("{}.{}", served.module.name, function.name)
    };
    if stack.contains(number) {
        return Err(ApiError::other(format!(
            "`{label}` calls itself with the same arguments, directly or through others: it would wait for itself"
        )));
    }
    if stack.depth() >= CallStack::MAX_DEPTH {
        return Err(ApiError::other(format!(
            "`{label}`: more than {} function calls inside each other",
            CallStack::MAX_DEPTH
        )));
    }
    let (api_then, stack, parent_span) = (api.clone(), stack.push(number), call.request.span);
    let declared = function.location.clone();
    let start = move || {
        let work = async move {
            let parent_span = Some(SpanId(parent_span)).filter(|span| span.0 != 0);
            let span = api_then.telemetry().span(label, SpanKind::Function, parent_span);
            let invoked = api_then.invoker().invoke(&module, call_of.clone(), stack, span.id().0);
            let result = api_then.running.during(number, &module, call_of, invoked).await;
            span.finish(match &result {
                Ok(_) => Outcome::Done,
                Err(failure) => Outcome::Failed(failure.message.clone()),
            });
            result.map_err(|mut failure| {
                failure.location = failure.location.or(declared);
                ApiError::Function(Box::new(failure))
            })
        };
        // A task of its own: sibling fields of one request are polled in one task.
        let task = AbortOnDrop(tokio::spawn(work));
        task.boxed()
    };
    let result = api.calls.get(digest, start).await;
    result.map_err(|error| told_to(api, &call.request.principal, served, error))
}

/// The error as the asking module is told: a dependency's under the name by which that module calls it.
fn told_to(api: &Api, principal: &Principal, served: &ServedModule, error: ApiError) -> ApiError {
    let (Principal::Module(asking), ApiError::Function(failure)) = (principal, &error) else {
        return error;
    };
    let caller = api.module(asking).ok().filter(|caller| caller.id() != served.id());
    let Some(caller) = caller else { return error };
    let seen = caller.dependencies.iter().find(|seen| seen.id == *served.id());
    ApiError::Dependency {
        name: seen.map_or(&served.module.name, |seen| &seen.name).clone(),
        failure: failure.clone(),
    }
}

/// A task that ends with whoever waits for it.
struct AbortOnDrop<T>(tokio::task::JoinHandle<Result<T, ApiError>>);

impl<T> Future for AbortOnDrop<T> {
    type Output = Result<T, ApiError>;

    fn poll(mut self: std::pin::Pin<&mut Self>, context: &mut std::task::Context<'_>) -> std::task::Poll<Self::Output> {
        self.0.poll_unpin(context).map(|joined| {
            joined.unwrap_or_else(|error| Err(ApiError::other(format!("the function's task ended early: {error}"))))
        })
    }
}

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn digest(api: &Api, module: &ModuleId, call: &FunctionCall) -> [u8; 32] {
    let text = canonical(&json!([
        module.0,
        call.parent_type,
        call.parent,
        call.name,
        call.arguments
    ]));
    *api.store()
        .key()
        .hasher()
        .update(b"function call")
        .update(text.as_bytes())
        .finalize()
        .as_bytes()
}
