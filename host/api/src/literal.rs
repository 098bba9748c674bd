//! Objects whose fields are known values: `EnvVariable`, `Label`, `Port`, `Stat`, `HealthcheckConfig`.

use crate::api::Api;
use crate::recipe::Recipe;
use dockwright_schema::{ObjectId, Resolved};
use serde_json::Value;

/// Makes such an object.
pub(crate) fn object(api: &Api, type_name: &str, fields: Value) -> ObjectId {
    let fields = match fields {
        Value::Object(map) => map,
        _ => serde_json::Map::new(),
    };
    api.store().insert(&type_name.into(), Recipe::Record(fields))
}

/// A list of them.
pub(crate) fn list(api: &Api, type_name: &str, items: impl IntoIterator<Item = Value>) -> Resolved {
    Resolved::List(
        items
            .into_iter()
            .map(|fields| Resolved::Object(object(api, type_name, fields)))
            .collect(),
    )
}
