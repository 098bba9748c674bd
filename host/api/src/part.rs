//! Objects that are parts of others: their states are there when those of the others are, so that nothing is evaluated for them.

use crate::api::Api;
use crate::core_object::{CoreObject, ValueOf};
use crate::recipe::{Known, Recipe};
use dockwright_schema::{ObjectId, Resolved};
use serde_json::Value;
use std::sync::Arc;

/// Keeps a part of the object, or of the schema when there is none, and gives its ID.
pub(crate) fn keep<T: CoreObject>(api: &Api, of: Option<&ObjectId>, key: String, state: &Arc<T>) -> ObjectId {
    let recipe = Recipe::Part {
        of: of.cloned(),
        key,
        state: Known(state.clone()),
    };
    api.store().insert(&T::TYPE.into(), recipe)
}

/// The part that a field gives.
pub(crate) fn object<T: CoreObject>(field: ValueOf<'_>, state: &Arc<T>) -> Resolved {
    Resolved::Object(keep(field.api, Some(field.id), field.name.to_owned(), state))
}

/// The part that a field gives, or null.
pub(crate) fn optional<T: CoreObject>(field: ValueOf<'_>, state: Option<&Arc<T>>) -> Resolved {
    state.map_or(Resolved::Value(Value::Null), |state| object(field, state))
}

/// The parts that a field lists.
pub(crate) fn list<T: CoreObject>(field: ValueOf<'_>, states: &[Arc<T>]) -> Resolved {
    let numbered = states.iter().enumerate();
    let items = numbered.map(|(index, state)| {
        let key = format!("{}.{index}", field.name);
        Resolved::Object(keep(field.api, Some(field.id), key, state))
    });
    Resolved::List(items.collect())
}

/// A text.
pub(crate) fn text(value: &str) -> Resolved {
    Resolved::Value(Value::from(value))
}

/// A text, or null.
pub(crate) fn optional_text(value: Option<&str>) -> Resolved {
    Resolved::Value(Value::from(value))
}
