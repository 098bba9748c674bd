//! What there is to tell about each part of a schema.

use super::applied::{self, Applied};
use super::directives::{DIRECTIVES, Directive};
use super::literal::literal;
use crate::graph_type::{GraphArgument, GraphField, GraphMember, GraphType, GraphTypeKind, GraphTypeRef};
use crate::merge::Merged;
use std::borrow::Cow;

/// A part of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node<'m> {
    Schema,
    Type(&'m GraphType),
    /// A list, or what is never null.
    Wrapped(&'m GraphTypeRef),
    Field(&'m GraphField),
    Argument(&'m GraphArgument),
    Member(&'m GraphMember),
    Directive(&'m Directive),
    Applied(&'m Applied),
    AppliedArgument(&'m (&'static str, String)),
}

/// What a field of a part is.
#[derive(Debug)]
pub(crate) enum Told<'m> {
    Null,
    Bool(bool),
    Text(Cow<'m, str>),
    Texts(&'static [&'static str]),
    One(Node<'m>),
    Many(Vec<Node<'m>>),
    Applied(Vec<Applied>),
}

/// The field of the part. `deprecated` says whether to list what is deprecated too.
pub(crate) fn tell<'m>(merged: &'m Merged, node: Node<'m>, field: &str, deprecated: bool) -> Told<'m> {
    match node {
        Node::Schema => schema(merged, field),
        Node::Type(found) => named(merged, found, field, deprecated),
        Node::Wrapped(reference) => wrapped(merged, reference, field),
        Node::Field(found) => match field {
            "name" => text(&found.name),
            "description" => description(&found.description),
            "args" => Told::Many(found.arguments.iter().map(Node::Argument).collect()),
            "type" => referenced(merged, &found.returns),
            "isDeprecated" => Told::Bool(found.deprecated.is_some()),
            "deprecationReason" => found.deprecated.as_deref().map_or(Told::Null, text),
            "directives" => Told::Applied(applied::of_field(merged, found)),
            _ => Told::Null,
        },
        Node::Argument(found) => match field {
            "name" => text(&found.name),
            "description" => description(&found.description),
            "type" => referenced(merged, accepted(found)),
            "defaultValue" => match &found.default {
                Some(value) => Told::Text(literal(merged, &found.r#type, value).into()),
                None => Told::Null,
            },
            "isDeprecated" => Told::Bool(found.deprecated.is_some()),
            "deprecationReason" => found.deprecated.as_deref().map_or(Told::Null, text),
            "directives" => Told::Applied(applied::of_argument(merged, found)),
            _ => Told::Null,
        },
        Node::Member(found) => match field {
            "name" => text(&found.name),
            "description" => description(&found.description),
            "isDeprecated" => Told::Bool(found.deprecated.is_some()),
            "deprecationReason" => found.deprecated.as_deref().map_or(Told::Null, text),
            "directives" => Told::Applied(applied::of_member(merged, found)),
            _ => Told::Null,
        },
        Node::Directive(found) => match field {
            "name" => text(found.name),
            "description" => description(found.description),
            "isRepeatable" => Told::Bool(false),
            "locations" => Told::Texts(found.locations),
            "args" => Told::Many(found.arguments.iter().map(Node::Argument).collect()),
            _ => Told::Null,
        },
        Node::Applied(found) => match field {
            "name" => text(found.name),
            "args" => Told::Many(found.arguments.iter().map(Node::AppliedArgument).collect()),
            _ => Told::Null,
        },
        Node::AppliedArgument((name, value)) => match field {
            "name" => text(name),
            "value" => text(value),
            _ => Told::Null,
        },
    }
}

fn schema<'m>(merged: &'m Merged, field: &str) -> Told<'m> {
    match field {
        "types" => Told::Many(merged.types().map(Node::Type).collect()),
        "queryType" => merged
            .get("Query")
            .map_or(Told::Null, |query| Told::One(Node::Type(query))),
        "directives" => Told::Many(DIRECTIVES.iter().map(Node::Directive).collect()),
        _ => Told::Null,
    }
}

fn named<'m>(merged: &'m Merged, found: &'m GraphType, field: &str, deprecated: bool) -> Told<'m> {
    let is_input = matches!(found.kind, GraphTypeKind::Input { .. });
    match (field, &found.kind) {
        ("kind", kind) => text(match kind {
            GraphTypeKind::Interface { module: None, .. } => "INTERFACE",
            GraphTypeKind::Object { .. } | GraphTypeKind::Interface { .. } => "OBJECT",
            GraphTypeKind::Enum { .. } => "ENUM",
            GraphTypeKind::Input { .. } => "INPUT_OBJECT",
            GraphTypeKind::Scalar => "SCALAR",
        }),
        ("name", _) => text(&found.name),
        ("description", _) => description(&found.description),
        ("fields", _) => found.fields().map_or(Told::Null, |fields| {
            let shown = fields.values().filter(|field| deprecated || field.deprecated.is_none());
            Told::Many(shown.map(Node::Field).collect())
        }),
        ("interfaces", _) if found.is_object() => {
            let interfaces = found.interfaces().iter().filter_map(|name| merged.get(name));
            Told::Many(interfaces.map(Node::Type).collect())
        }
        ("possibleTypes", _) if found.is_abstract() => {
            let implementing = merged.types().filter(|other| other.interfaces().contains(&found.name));
            Told::Many(implementing.map(Node::Type).collect())
        }
        ("enumValues", GraphTypeKind::Enum { members }) => Told::Many(members.iter().map(Node::Member).collect()),
        ("inputFields", GraphTypeKind::Input { fields }) => Told::Many(fields.iter().map(Node::Argument).collect()),
        ("isOneOf", _) if is_input => Told::Bool(false),
        ("directives", _) => Told::Applied(applied::of_type(merged, found)),
        _ => Told::Null,
    }
}

fn wrapped<'m>(merged: &'m Merged, reference: &'m GraphTypeRef, field: &str) -> Told<'m> {
    match (field, reference) {
        ("kind", GraphTypeRef::List(_)) => text("LIST"),
        ("kind", _) => text("NON_NULL"),
        ("ofType", GraphTypeRef::List(inner) | GraphTypeRef::NonNull(inner)) => referenced(merged, inner),
        ("directives", _) => Told::Applied(Vec::new()),
        _ => Told::Null,
    }
}

fn referenced<'m>(merged: &'m Merged, reference: &'m GraphTypeRef) -> Told<'m> {
    match reference {
        GraphTypeRef::Named(name) => merged
            .get(name)
            .map_or(Told::Null, |found| Told::One(Node::Type(found))),
        wrapped => Told::One(Node::Wrapped(wrapped)),
    }
}

/// The type that callers see: what the host fills in may be null.
fn accepted(argument: &GraphArgument) -> &GraphTypeRef {
    match &argument.r#type {
        GraphTypeRef::NonNull(inner) if !argument.is_required() && argument.default.is_none() => inner,
        declared => declared,
    }
}

fn text(text: &str) -> Told<'_> {
    Told::Text(Cow::Borrowed(text))
}

fn description(text: &str) -> Told<'_> {
    if text.is_empty() {
        Told::Null
    } else {
        Told::Text(Cow::Borrowed(text))
    }
}
