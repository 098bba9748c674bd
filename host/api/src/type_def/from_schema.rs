//! Types of the schema as type definitions: the core API's own, and `Query` with what modules add to it.

use crate::function_def::{Function, FunctionArg};
use crate::type_def::{
    EnumTypeDef, EnumValueTypeDef, FieldTypeDef, InputTypeDef, InterfaceTypeDef, ObjectTypeDef, ScalarTypeDef, TypeDef,
    TypeDefKind,
};
use dockwright_schema::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Merged, Origin};
use std::sync::{Arc, LazyLock};

/// The types of the core API but for `Query`, as every schema has them.
pub(super) static CORE: LazyLock<Vec<Arc<TypeDef>>> = LazyLock::new(|| {
    let core = Merged::core();
    let types = core.types().filter(|each| each.name != "Query");
    types.filter_map(|each| definition(&core, each)).map(Arc::new).collect()
});

/// The type as a definition; none for what a definition refers to by kind, and for scalars that are only IDs.
pub(super) fn definition(merged: &Merged, graph_type: &GraphType) -> Option<TypeDef> {
    let name = graph_type.name.to_string();
    let description = graph_type.description.to_string();
    Some(match &graph_type.kind {
        GraphTypeKind::Object { fields, .. } => TypeDef::object(ObjectTypeDef {
            functions: functions(merged, fields.values()),
            name,
            description,
            ..ObjectTypeDef::default()
        }),
        GraphTypeKind::Interface { fields, .. } => TypeDef::interface(InterfaceTypeDef {
            functions: functions(merged, fields.values()),
            name,
            description,
            ..InterfaceTypeDef::default()
        }),
        GraphTypeKind::Enum { members } => {
            let members = members.iter().map(|member| {
                Arc::new(EnumValueTypeDef {
                    name: member.name.to_string(),
                    value: member.value.to_string(),
                    description: member.description.to_string(),
                    deprecated: member.deprecated.as_ref().map(ToString::to_string),
                    ..EnumValueTypeDef::default()
                })
            });
            TypeDef::enumeration(EnumTypeDef {
                members: members.collect(),
                name,
                description,
                ..EnumTypeDef::default()
            })
        }
        GraphTypeKind::Input { fields } => {
            let fields = fields.iter().map(|field| {
                Arc::new(FieldTypeDef {
                    name: field.name.to_string(),
                    description: field.description.to_string(),
                    deprecated: field.deprecated.as_ref().map(ToString::to_string),
                    r#type: Arc::new(reference(merged, &field.r#type, None)),
                    ..FieldTypeDef::default()
                })
            });
            TypeDef::input(InputTypeDef {
                fields: fields.collect(),
                name,
            })
        }
        GraphTypeKind::Scalar if builtin(&name).is_some() || name.ends_with("ID") => return None,
        GraphTypeKind::Scalar => TypeDef::scalar(ScalarTypeDef {
            name,
            description,
            ..ScalarTypeDef::default()
        }),
    })
}

/// Fields as functions. IDs and loaders by ID are how the API refers to objects, not what objects can do.
pub(super) fn functions<'a>(merged: &Merged, fields: impl Iterator<Item = &'a GraphField>) -> Vec<Arc<Function>> {
    let functions = fields.filter(|field| !matches!(field.origin, Origin::Id | Origin::Load));
    functions.map(|field| Arc::new(function(merged, field))).collect()
}

fn function(merged: &Merged, field: &GraphField) -> Function {
    Function {
        name: field.name.to_string(),
        description: field.description.to_string(),
        deprecated: field.deprecated.as_ref().map(ToString::to_string),
        arguments: field
            .arguments
            .iter()
            .map(|each| Arc::new(argument(merged, each)))
            .collect(),
        returns: Arc::new(reference(merged, &field.returns, field.expected_type.as_deref())),
        ..Function::default()
    }
}

fn argument(merged: &Merged, argument: &GraphArgument) -> FunctionArg {
    let mut r#type = reference(merged, &argument.r#type, argument.expected_type.as_deref());
    r#type.optional |= argument.default_path.is_some() || argument.default_address.is_some();
    FunctionArg {
        name: argument.name.to_string(),
        description: argument.description.to_string(),
        deprecated: argument.deprecated.as_ref().map(ToString::to_string),
        r#type: Arc::new(r#type),
        default_value: argument.default.as_ref().map(ToString::to_string).unwrap_or_default(),
        default_path: argument.default_path.as_deref().unwrap_or_default().to_owned(),
        default_address: argument.default_address.as_deref().unwrap_or_default().to_owned(),
        ignore: argument.ignore.clone(),
        ..FunctionArg::default()
    }
}

/// A type by name; an ID is the object that it stands for.
fn reference(merged: &Merged, reference: &GraphTypeRef, expected: Option<&str>) -> TypeDef {
    let (made, optional) = match reference {
        GraphTypeRef::NonNull(inner) => (self::reference(merged, inner, expected), false),
        GraphTypeRef::List(element) => {
            let element = self::reference(merged, element, expected);
            (TypeDef::list(Arc::new(element)), true)
        }
        GraphTypeRef::Named(name) => (named(merged, expected.unwrap_or(name)), true),
    };
    TypeDef { optional, ..made }
}

fn named(merged: &Merged, name: &str) -> TypeDef {
    let kind = merged.get(name).map(|found| &found.kind);
    let name = name.to_owned();
    match (builtin(&name), kind) {
        (Some(kind), _) => TypeDef::of(kind),
        (None, Some(GraphTypeKind::Object { .. })) => TypeDef::object(ObjectTypeDef {
            name,
            ..ObjectTypeDef::default()
        }),
        (None, Some(GraphTypeKind::Interface { .. })) => TypeDef::interface(InterfaceTypeDef {
            name,
            ..InterfaceTypeDef::default()
        }),
        (None, Some(GraphTypeKind::Enum { .. })) => TypeDef::enumeration(EnumTypeDef {
            name,
            ..EnumTypeDef::default()
        }),
        (None, Some(GraphTypeKind::Input { .. })) => TypeDef::input(InputTypeDef {
            name,
            ..InputTypeDef::default()
        }),
        (None, Some(GraphTypeKind::Scalar) | None) => TypeDef::scalar(ScalarTypeDef {
            name,
            ..ScalarTypeDef::default()
        }),
    }
}

fn builtin(name: &str) -> Option<TypeDefKind> {
    match name {
        "String" => Some(TypeDefKind::String),
        "Int" => Some(TypeDefKind::Integer),
        "Float" => Some(TypeDefKind::Float),
        "Boolean" => Some(TypeDefKind::Boolean),
        "Void" => Some(TypeDefKind::Void),
        _ => None,
    }
}
