//! Directives as they are applied to fields, arguments and enum members.

use super::literal::literal;
use crate::graph_type::{GraphArgument, GraphField, GraphMember, GraphTypeRef, Text};
use crate::merge::Merged;
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
    let deprecated = text(merged, "deprecated", "reason", field.deprecated.as_ref());
    let expected = text(merged, "expectedType", "name", field.expected_type.as_ref());
    deprecated.into_iter().chain(expected).collect()
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
        text(merged, "expectedType", "name", argument.expected_type.as_ref()),
    ];
    texts.into_iter().flatten().chain(ignored).collect()
}

/// Those of an enum's member.
pub(crate) fn of_member(merged: &Merged, member: &GraphMember) -> Vec<Applied> {
    let other = (member.name != member.value).then_some(&member.value);
    text(merged, "enumValue", "value", other).into_iter().collect()
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
