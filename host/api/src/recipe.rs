//! How an object comes about. A recipe names other objects by ID only, so it stays small however long the chain.

use dockwright_schema::{ModuleId, ObjectId, ObjectKey, Principal};
use serde_json::{Map, Value};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A field of the core API that returns an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    /// API name of the type that has the field.
    pub parent_type: Arc<str>,
    /// The object; none for `Query`.
    pub parent: Option<ObjectId>,
    /// API name of the field.
    pub field: Arc<str>,
    /// Arguments, coerced and with defaults.
    pub arguments: Map<String, Value>,
    /// Who asked, when the result depends on it: what reaches the caller's host.
    pub principal: Option<Principal>,
}

/// How an object comes about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Recipe {
    /// A call that is evaluated when a value is needed.
    Call(Call),
    /// An object whose fields are known values: an environment variable, a port.
    Record(Map<String, Value>),
    /// An object of a module with its state.
    Module {
        /// The module.
        module: ModuleId,
        /// The type's name in the module.
        object: Arc<str>,
        /// Its fields by their source names; core objects as IDs.
        state: Value,
    },
    /// A secret whose plaintext is in the session's memory; the fingerprint is keyed.
    Secret {
        /// Its name.
        name: String,
        /// Keyed digest of the plaintext.
        fingerprint: [u8; 32],
    },
    /// A part of something that is known as a whole: a function of a type, an argument of a function.
    Part {
        /// The object that it is a part of; none for a part of the schema.
        of: Option<ObjectId>,
        /// Which part: nothing else has this key there.
        key: String,
        /// Its state.
        state: Known,
    },
}

/// A state that is there already.
#[derive(Clone)]
pub(crate) struct Known(pub Arc<dyn Any + Send + Sync>);

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known")
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Known) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Recipe {
    /// The ID of an object of the type made by this recipe.
    pub(crate) fn id(&self, type_name: &Arc<str>, key: &ObjectKey) -> ObjectId {
        let mut hasher = key.hasher();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(type_name.as_bytes());
        match self {
            Recipe::Call(call) => {
                part(b"call");
                part(call.parent_type.as_bytes());
                part(call.parent.as_ref().map_or(&[][..], |id| id.digest().as_slice()));
                part(call.field.as_bytes());
                part(canonical(&Value::Object(call.arguments.clone())).as_bytes());
                if let Some(principal) = &call.principal {
                    part(format!("{principal:?}").as_bytes());
                }
            }
            Recipe::Record(fields) => {
                part(b"record");
                part(canonical(&Value::Object(fields.clone())).as_bytes());
            }
            Recipe::Module { module, object, state } => {
                part(b"module");
                part(module.0.as_bytes());
                part(object.as_bytes());
                part(canonical(state).as_bytes());
            }
            Recipe::Secret { name, fingerprint } => {
                part(b"secret");
                part(name.as_bytes());
                part(fingerprint);
            }
            Recipe::Part { of, key, .. } => {
                part(b"part");
                part(of.as_ref().map_or(&[][..], |id| id.digest().as_slice()));
                part(key.as_bytes());
            }
        }
        ObjectId::new(type_name.clone(), *hasher.finalize().as_bytes())
    }
}

/// JSON text with sorted keys: equal values have equal text.
pub(crate) fn canonical(value: &Value) -> String {
    fn write(value: &Value, out: &mut String) {
        match value {
            Value::Object(map) => {
                let mut entries: Vec<_> = map.iter().collect();
                entries.sort_by_key(|(key, _)| key.as_str());
                out.push('{');
                for (index, (key, value)) in entries.into_iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    out.push_str(&Value::String(key.clone()).to_string());
                    out.push(':');
                    write(value, out);
                }
                out.push('}');
            }
            Value::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write(item, out);
                }
                out.push(']');
            }
            other => out.push_str(&other.to_string()),
        }
    }
    let mut out = String::new();
    write(value, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn id(recipe: &Recipe) -> ObjectId {
        recipe.id(&"Container".into(), &ObjectKey::new([1; 32]))
    }

    fn call(arguments: Value) -> Recipe {
        let Value::Object(arguments) = arguments else {
            panic!("an object")
        };
        Recipe::Call(Call {
            parent_type: "Query".into(),
            parent: None,
            field: "container".into(),
            arguments,
            principal: None,
        })
    }

    #[test]
    fn equal_recipes_have_equal_ids_whatever_the_order() {
        assert_eq!(
            id(&call(json!({"a": 1, "b": [2]}))),
            id(&call(json!({"b": [2], "a": 1})))
        );
        assert_ne!(id(&call(json!({"a": 1}))), id(&call(json!({"a": 2}))));
        assert_ne!(id(&call(json!({}))), id(&Recipe::Record(Map::new())));
    }

    #[test]
    fn an_id_cannot_be_made_up_without_the_key() {
        let recipe = call(json!({}));
        assert_ne!(id(&recipe), recipe.id(&"Container".into(), &ObjectKey::new([2; 32])));
    }

    #[test]
    fn who_asked_matters_only_where_it_is_recorded() {
        let Recipe::Call(plain) = call(json!({})) else {
            panic!("a call")
        };
        let asked = |principal| {
            id(&Recipe::Call(Call {
                principal,
                ..plain.clone()
            }))
        };
        assert_ne!(
            asked(Some(Principal::CommandLine)),
            asked(Some(Principal::Module(ModuleId("m".into()))))
        );
        assert_ne!(asked(Some(Principal::CommandLine)), asked(None));
    }
}
