//! Writes what was asked, as JSON.

use super::node::{Node, Told, tell};
use super::plan::{Asked, Plan};
use crate::merge::Merged;

/// Writes an object with what the plan selects of the part.
pub(crate) fn write(out: &mut String, merged: &Merged, node: Node<'_>, plan: &Plan) {
    out.push('{');
    for (index, item) in plan.items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&item.key);
        out.push(':');
        match &item.field {
            Asked::Name(name) => text(out, name),
            Asked::Field {
                name,
                deprecated,
                below,
            } => told(out, merged, tell(merged, node, name, *deprecated), below.as_ref()),
        }
    }
    out.push('}');
}

fn told(out: &mut String, merged: &Merged, value: Told<'_>, below: Option<&Plan>) {
    match (value, below) {
        (Told::Bool(value), _) => out.push_str(if value { "true" } else { "false" }),
        (Told::Text(value), _) => text(out, &value),
        (Told::Texts(values), _) => list(out, values.iter(), |out, value| text(out, value)),
        (Told::One(node), Some(plan)) => write(out, merged, node, plan),
        (Told::Many(nodes), Some(plan)) => list(out, nodes.into_iter(), |out, node| write(out, merged, node, plan)),
        (Told::Applied(applied), Some(plan)) => list(out, applied.iter(), |out, one| {
            write(out, merged, Node::Applied(one), plan);
        }),
        _ => out.push_str("null"),
    }
}

fn list<T>(out: &mut String, items: impl Iterator<Item = T>, write: impl Fn(&mut String, T)) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

/// JSON's form of a text; what needs no escaping, as nearly all of it does not, is copied.
pub(crate) fn text(out: &mut String, text: &str) {
    if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        out.push_str(&serde_json::Value::from(text).to_string());
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}
