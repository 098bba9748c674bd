//! Values between the API and a module: objects are IDs on the wire, a module's own objects are their state in JSON.

use crate::api::Api;
use crate::arguments::object_of_type;
use crate::error::ApiError;
use crate::loaded_module::ServedModule;
use crate::recipe::Recipe;
use dockwright_schema::module_def::TypeRef;
use dockwright_schema::{ObjectId, Resolved, VisibleModule, satisfies};
use serde_json::Value;

/// An argument as the module wants it: the module's own objects as state, everything else as it is.
pub(crate) fn to_module(api: &Api, module: &ServedModule, declared: &TypeRef, value: Value) -> Result<Value, ApiError> {
    match (declared, value) {
        (_, Value::Null) => Ok(Value::Null),
        (TypeRef::Optional(inner), value) => to_module(api, module, inner, value),
        (TypeRef::List(inner), Value::Array(items)) => items
            .into_iter()
            .map(|item| to_module(api, module, inner, item))
            .collect::<Result<Vec<_>, _>>()
            .map(Value::Array),
        (TypeRef::Object(name), Value::String(text)) if module.module.def.object(name).is_some() => {
            state_of(api, &own_object(api, module, name, &text)?)
        }
        (TypeRef::Interface(name), Value::String(text)) if module.module.def.interface(name).is_some() => {
            satisfying(api, module, name, &text)?;
            Ok(Value::String(text))
        }
        (_, value) => Ok(value),
    }
}

/// The ID, when it is of that object of the module.
fn own_object(api: &Api, module: &ServedModule, name: &str, text: &str) -> Result<ObjectId, ApiError> {
    let id: ObjectId = text.parse()?;
    match &*api.store().get(&id)? {
        Recipe::Module { module: of, object, .. } if of == module.id() && **object == *name => Ok(id),
        _ => Err(ApiError::WrongType {
            found: id.type_name().to_string(),
            id: text.to_owned(),
            expected: module.module.type_name(name),
        }),
    }
}

/// The ID, when its object has what the interface of the module asks for.
fn satisfying(api: &Api, module: &ServedModule, interface: &str, text: &str) -> Result<ObjectId, ApiError> {
    let id: ObjectId = text.parse()?;
    let satisfied = match &*api.store().get(&id)? {
        Recipe::Module { module: of, object, .. } => {
            satisfies((&api.module(of)?.module, object), (&module.module, interface))
        }
        _ => false,
    };
    if satisfied {
        return Ok(id);
    }
    Err(ApiError::WrongType {
        found: format!("{}, which lacks functions of that interface", id.type_name()),
        id: text.to_owned(),
        expected: module.module.type_name(interface),
    })
}

/// The object of the module that its code returned as an interface: state does not say of which type it is, so there must be one that fits.
fn own_satisfying<'m>(module: &'m ServedModule, interface: &str) -> Result<&'m str, ApiError> {
    let own = &module.module;
    let names = own.def.objects.iter().map(|object| object.name.as_str());
    let fitting: Vec<&str> = names
        .filter(|object| satisfies((own, *object), (own, interface)))
        .collect();
    match fitting.as_slice() {
        [one] => Ok(one),
        [] => Err(ApiError::other(format!(
            "module `{}` returned an object of its own as `{interface}`, but none of its objects has the functions of that interface",
            own.name
        ))),
        several => Err(ApiError::other(format!(
            "module `{}` returned an object of its own as `{interface}`, which {} satisfy: return it from a function of its own type, and call that through the API",
            own.name,
            several.join(" and ")
        ))),
    }
}

/// The state of an object of a module.
pub(crate) fn state_of(api: &Api, id: &ObjectId) -> Result<Value, ApiError> {
    match &*api.store().get(id)? {
        Recipe::Module { state, .. } => Ok(state.clone()),
        _ => Err(ApiError::other(format!("{id:?} is not an object of a module"))),
    }
}

/// A result, or a field of a state, as the API gives it.
pub(crate) fn from_module(
    api: &Api,
    module: &ServedModule,
    declared: &TypeRef,
    value: Value,
) -> Result<Resolved, ApiError> {
    let mismatch = |value: &Value| {
        ApiError::other(format!(
            "module `{}` returned {}, which is no {declared:?}",
            module.module.name,
            kind(value)
        ))
    };
    match (declared, value) {
        (TypeRef::Void, _) => Ok(Resolved::Value(Value::Null)),
        (TypeRef::Optional(_), Value::Null) => Ok(Resolved::Value(Value::Null)),
        (TypeRef::Optional(inner), value) => from_module(api, module, inner, value),
        (TypeRef::List(inner), Value::Array(items)) => {
            let items = items
                .into_iter()
                .map(|item| from_module(api, module, inner, item))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(collapse(items))
        }
        (TypeRef::Object(name), value) if module.module.def.object(name).is_some() => match value {
            state @ Value::Object(_) => Ok(Resolved::Object(keep(api, &module.module, name, state))),
            Value::String(text) => Ok(Resolved::Object(own_object(api, module, name, &text)?)),
            other => Err(mismatch(&other)),
        },
        (TypeRef::Object(name), Value::String(text)) => {
            let id = object_of_type(&text, name)?;
            api.store().get(&id)?;
            Ok(Resolved::Object(id))
        }
        (TypeRef::Interface(name), Value::String(text)) if module.module.def.interface(name).is_some() => {
            Ok(Resolved::Object(satisfying(api, module, name, &text)?))
        }
        (TypeRef::Interface(name), state @ Value::Object(_)) if module.module.def.interface(name).is_some() => {
            let object = own_satisfying(module, name)?;
            Ok(Resolved::Object(keep(api, &module.module, object, state)))
        }
        (TypeRef::Interface(_), Value::String(text)) => {
            let id: ObjectId = text.parse()?;
            api.store().get(&id)?;
            Ok(Resolved::Object(id))
        }
        (TypeRef::Object(_) | TypeRef::Interface(_) | TypeRef::List(_), other) => Err(mismatch(&other)),
        (_, Value::Null) => Err(mismatch(&Value::Null)),
        (_, value) => Ok(Resolved::Value(value)),
    }
}

/// Keeps an object of a module and gives its ID.
pub(crate) fn keep(api: &Api, module: &VisibleModule, object: &str, state: Value) -> ObjectId {
    let recipe = Recipe::Module {
        module: module.id.clone(),
        object: object.into(),
        state,
    };
    api.store().insert(&module.type_name(object).into(), recipe)
}

/// A list of plain values is one value.
fn collapse(items: Vec<Resolved>) -> Resolved {
    if items.iter().all(|item| matches!(item, Resolved::Value(_))) {
        let values = items.into_iter().filter_map(|item| match item {
            Resolved::Value(value) => Some(value),
            _ => None,
        });
        return Resolved::Value(Value::Array(values.collect()));
    }
    Resolved::List(items)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
