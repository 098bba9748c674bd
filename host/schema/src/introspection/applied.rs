//! Directives as they are applied to fields, arguments and enum members.

use super::literal::literal;
use crate::graph_type::{GraphArgument, GraphField, GraphMember, GraphType, GraphTypeRef, Text};
use crate::merge::Merged;
use crate::notes::Place;
use serde_json::{Value, json};

/// One application of a directive.
#[derive(Debug)]
pub(crate) struct Applied {
    pub(crate) name: &'static str,
    /// Arguments: names, and values as literals.
    pub(crate) arguments: Vec<(&'static str, String)>,
}

/// Those of a field.
pub(crate) fn of_field(merged: &Merged, field: &GraphField) -> Vec<Applied> {
    let notes = &field.notes;
    let marks = [
        ("check", notes.is_check),
        ("generate", notes.is_generator),
        ("up", notes.is_up),
    ];
    let marks = marks.into_iter().filter(|(_, is)| *is).map(|(name, _)| Applied {
        name,
        arguments: Vec::new(),
    });
    let others = [
        text(merged, "deprecated", "reason", field.deprecated.as_ref()),
        text(merged, "experimental", "reason", notes.experimental.as_ref()),
        text(merged, "expectedType", "name", field.expected_type.as_ref()),
        notes.cache.as_deref().map(|cache| kept(merged, cache)),
        notes.place.as_deref().map(|place| source_map(merged, place)),
    ];
    others.into_iter().flatten().chain(marks).collect()
}

/// Those of a type.
pub(crate) fn of_type(merged: &Merged, graph_type: &GraphType) -> Vec<Applied> {
    let place = graph_type.place.as_deref();
    place.map(|place| source_map(merged, place)).into_iter().collect()
}

/// Those of an argument.
pub(crate) fn of_argument(merged: &Merged, argument: &GraphArgument) -> Vec<Applied> {
    let ignored = (!argument.ignore.is_empty()).then(|| Applied {
        name: "ignorePatterns",
        arguments: vec![("patterns", any(merged, &json!(argument.ignore)))],
    });
    let texts = [
        text(merged, "defaultAddress", "address", argument.default_address.as_ref()),
        text(merged, "defaultPath", "path", argument.default_path.as_ref()),
        text(merged, "deprecated", "reason", argument.deprecated.as_ref()),
        text(merged, "expectedType", "name", argument.expected_type.as_ref()),
    ];
    texts.into_iter().flatten().chain(ignored).collect()
}

/// Those of an enum's member.
pub(crate) fn of_member(merged: &Merged, member: &GraphMember) -> Vec<Applied> {
    let other = (member.name != member.value).then_some(&member.value);
    let deprecated = text(merged, "deprecated", "reason", member.deprecated.as_ref());
    let value = text(merged, "enumValue", "value", other);
    deprecated.into_iter().chain(value).collect()
}

/// How long results are kept: a policy, and a time where the module says one.
fn kept(merged: &Merged, cache: &str) -> Applied {
    let (policy, time) = match cache {
        "never" => ("Never", None),
        "session" => ("PerSession", None),
        time => ("Default", Some(time)),
    };
    let policy = literal(merged, &GraphTypeRef::named("FunctionCachePolicy"), &json!(policy));
    let time = time.map(|time| ("ttl", any(merged, &json!(time))));
    Applied {
        name: "cache",
        arguments: std::iter::once(("policy", policy)).chain(time).collect(),
    }
}

fn source_map(merged: &Merged, place: &Place) -> Applied {
    let at = &place.location;
    let arguments = [
        ("module", json!(place.module)),
        ("filename", json!(at.file)),
        ("line", json!(at.line)),
        ("column", json!(at.column)),
        ("url", json!("")),
    ];
    Applied {
        name: "sourceMap",
        arguments: arguments.map(|(name, value)| (name, any(merged, &value))).into(),
    }
}

fn text(merged: &Merged, name: &'static str, argument: &'static str, value: Option<&Text>) -> Option<Applied> {
    let value = any(merged, &json!(value?));
    Some(Applied {
        name,
        arguments: vec![(argument, value)],
    })
}

fn any(merged: &Merged, value: &Value) -> String {
    literal(merged, &GraphTypeRef::named("JSON"), value)
}
