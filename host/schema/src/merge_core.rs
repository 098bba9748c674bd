//! Core types from their static tables into the merged form.

use crate::core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef};
use crate::graph_type::{GraphArgument, GraphField, GraphMember, GraphType, GraphTypeKind, GraphTypeRef, Origin, Text};
use crate::notes::Notes;
use indexmap::IndexMap;
use serde_json::Value;

/// One core type.
pub(crate) fn convert(core: &CoreType) -> GraphType {
    let fields = || {
        core.fields
            .iter()
            .map(|field| (Text::from(field.name), convert_field(core, field)))
            .collect()
    };
    let kind = match core.kind {
        CoreKind::Object => GraphTypeKind::Object {
            fields: fields(),
            implements: core.implements.iter().map(|name| Text::from(*name)).collect(),
            module: None,
        },
        CoreKind::Interface => GraphTypeKind::Interface {
            fields: fields(),
            module: None,
        },
        CoreKind::Enum => GraphTypeKind::Enum {
            members: core
                .members
                .iter()
                .map(|member| GraphMember {
                    name: member.name.into(),
                    value: member.value.into(),
                    description: text(member.description),
                    deprecated: None,
                })
                .collect(),
        },
        CoreKind::Input => GraphTypeKind::Input {
            fields: core.fields.iter().map(input_field).collect(),
        },
        CoreKind::Scalar => GraphTypeKind::Scalar,
    };
    GraphType {
        name: core.name.into(),
        original_name: None,
        description: text(core.description),
        kind,
        place: None,
    }
}

/// `String`, `Int`, `Float`, `Boolean` and `ID`.
pub(crate) fn add_built_in_scalars(types: &mut IndexMap<Text, GraphType>) {
    for name in ["String", "Int", "Float", "Boolean", "ID"] {
        types.insert(
            name.into(),
            GraphType {
                name: name.into(),
                original_name: None,
                description: "".into(),
                kind: GraphTypeKind::Scalar,
                place: None,
            },
        );
    }
}

fn convert_field(core: &CoreType, field: &CoreField) -> GraphField {
    let origin = match (core.name, field.name) {
        ("Query", "node") => Origin::Load,
        (_, "id") => Origin::Id,
        _ => Origin::Core,
    };
    GraphField {
        name: field.name.into(),
        description: text(field.description),
        arguments: field.arguments.iter().map(convert_argument).collect(),
        returns: convert_type(&field.returns),
        expected_type: field.expected_type.map(Text::from),
        deprecated: field.deprecated.map(Text::from),
        origin,
        notes: Notes {
            experimental: field.experimental.map(Text::from),
            ..Notes::default()
        },
    }
}

fn convert_argument(argument: &CoreArgument) -> GraphArgument {
    GraphArgument {
        name: argument.name.into(),
        description: text(argument.description),
        r#type: convert_type(&argument.r#type),
        default: argument.default.map(literal),
        expected_type: argument.expected_type.map(Text::from),
        default_path: None,
        default_address: None,
        ignore: Vec::new(),
        deprecated: argument.deprecated.map(Text::from),
    }
}

fn input_field(field: &CoreField) -> GraphArgument {
    GraphArgument {
        name: field.name.into(),
        description: text(field.description),
        r#type: convert_type(&field.returns),
        default: field.default.map(literal),
        expected_type: None,
        default_path: None,
        default_address: None,
        ignore: Vec::new(),
        deprecated: field.deprecated.map(Text::from),
    }
}

fn convert_type(reference: &CoreTypeRef) -> GraphTypeRef {
    let mut result = GraphTypeRef::named(reference.name);
    if reference.list {
        if reference.item_non_null {
            result = result.non_null();
        }
        result = GraphTypeRef::List(Box::new(result));
    }
    if reference.non_null { result.non_null() } else { result }
}

/// The core API's defaults are JSON but for enum members, which are bare words.
fn literal(text: &'static str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

fn text(description: Option<&'static str>) -> Text {
    description.unwrap_or_default().into()
}
