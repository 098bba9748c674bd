//! Values as GraphQL writes them: what a default value or a directive's argument looks like.

use crate::graph_type::{GraphTypeKind, GraphTypeRef};
use crate::merge::Merged;
use serde_json::Value;

/// The value of that type. Members of enums are bare words, which JSON does not tell from text.
pub(crate) fn literal(merged: &Merged, reference: &GraphTypeRef, value: &Value) -> String {
    match (reference, value) {
        (GraphTypeRef::NonNull(inner), value) => literal(merged, inner, value),
        (GraphTypeRef::List(inner), Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| literal(merged, inner, item)).collect();
            format!("[{}]", items.join(", "))
        }
        (GraphTypeRef::List(inner), single) => literal(merged, inner, single),
        (GraphTypeRef::Named(name), value) => named(merged, name, value),
    }
}

fn named(merged: &Merged, name: &str, value: &Value) -> String {
    match (merged.get(name).map(|found| &found.kind), value) {
        (Some(GraphTypeKind::Enum { .. }), Value::String(member)) => member.clone(),
        (Some(GraphTypeKind::Input { fields }), Value::Object(given)) => {
            let fields = fields.iter().filter_map(|field| {
                let value = given.get(field.name.as_ref())?;
                Some(format!("{}: {}", field.name, literal(merged, &field.r#type, value)))
            });
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        (_, value) => json(value),
    }
}

/// Text, numbers and lists read the same in both; names of an object's fields are bare.
fn json(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let fields: Vec<String> = map
                .iter()
                .map(|(name, value)| format!("{name}: {}", json(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::literal;
    use crate::{GraphTypeRef, Merged};
    use serde_json::json;

    #[test]
    fn values_read_as_in_a_document() {
        let merged = Merged::core();
        let of = |name: &'static str, value| literal(&merged, &GraphTypeRef::named(name).non_null(), &value);
        assert_eq!(of("NetworkProtocol", json!("TCP")), "TCP");
        assert_eq!(of("String", json!("a \"b\"\n")), r#""a \"b\"\n""#);
        assert_eq!(
            of("PortForward", json!({"backend": 80, "protocol": "UDP"})),
            "{backend: 80, protocol: UDP}"
        );
        let list = GraphTypeRef::List(Box::new(GraphTypeRef::named("NetworkProtocol")));
        assert_eq!(literal(&merged, &list, &json!(["TCP", "UDP"])), "[TCP, UDP]");
        assert_eq!(of("JSON", json!({"a": [1, null]})), "{a: [1, null]}");
    }
}
