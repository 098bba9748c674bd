//! `core.graphql` → `CoreType` tables.
//!
//! The tables live as long as the process, since `CoreType` is made for static data; the task ends soon after.

use anyhow::bail;
use async_graphql::{
    Positioned, Value as ConstValue,
    parser::{
        parse_schema,
        types::{
            BaseType, ConstDirective, EnumValueDefinition, FieldDefinition, InputValueDefinition, Type, TypeDefinition,
            TypeKind, TypeSystemDefinition,
        },
    },
};
use dockwright_schema::core_types::{CoreArgument, CoreEnumMember, CoreField, CoreKind, CoreType, CoreTypeRef};

/// Parses the schema file. The types come sorted by name.
pub(crate) fn read(sdl: &str) -> anyhow::Result<&'static [CoreType]> {
    let mut types = Vec::new();
    for definition in parse_schema(sdl)?.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            types.push(core_type(definition.node)?);
        }
    }
    types.sort_by_key(|core_type| core_type.name);
    Ok(leak(types))
}

fn core_type(definition: TypeDefinition) -> anyhow::Result<CoreType> {
    let name = leak_str(&definition.name.node);
    let mut core_type = CoreType {
        name,
        kind: CoreKind::Scalar,
        description: text(definition.description),
        implements: &[],
        fields: &[],
        members: &[],
    };
    match definition.kind {
        TypeKind::Scalar => {}
        TypeKind::Object(object) => {
            core_type.kind = CoreKind::Object;
            core_type.implements = names(object.implements);
            core_type.fields = all(object.fields, output_field)?;
        }
        TypeKind::Interface(interface) => {
            core_type.kind = CoreKind::Interface;
            core_type.implements = names(interface.implements);
            core_type.fields = all(interface.fields, output_field)?;
        }
        TypeKind::Enum(definition) => {
            core_type.kind = CoreKind::Enum;
            core_type.members = all(definition.values, member)?;
        }
        TypeKind::InputObject(input) => {
            core_type.kind = CoreKind::Input;
            core_type.fields = all(input.fields, input_field)?;
        }
        TypeKind::Union(_) => bail!("union {name}: the core API has no unions"),
    }
    Ok(core_type)
}

fn output_field(field: FieldDefinition) -> anyhow::Result<CoreField> {
    Ok(CoreField {
        name: leak_str(&field.name.node),
        description: text(field.description),
        arguments: all(field.arguments, argument)?,
        returns: type_ref(&field.ty.node)?,
        default: None,
        expected_type: directive(&field.directives, "expectedType", "name"),
        deprecated: directive(&field.directives, "deprecated", "reason"),
        experimental: directive(&field.directives, "experimental", "reason"),
    })
}

fn input_field(field: InputValueDefinition) -> anyhow::Result<CoreField> {
    Ok(CoreField {
        name: leak_str(&field.name.node),
        description: text(field.description),
        arguments: &[],
        returns: type_ref(&field.ty.node)?,
        default: literal(field.default_value),
        expected_type: directive(&field.directives, "expectedType", "name"),
        deprecated: directive(&field.directives, "deprecated", "reason"),
        experimental: directive(&field.directives, "experimental", "reason"),
    })
}

fn argument(argument: InputValueDefinition) -> anyhow::Result<CoreArgument> {
    Ok(CoreArgument {
        name: leak_str(&argument.name.node),
        description: text(argument.description),
        r#type: type_ref(&argument.ty.node)?,
        default: literal(argument.default_value),
        expected_type: directive(&argument.directives, "expectedType", "name"),
        deprecated: directive(&argument.directives, "deprecated", "reason"),
    })
}

fn member(value: EnumValueDefinition) -> anyhow::Result<CoreEnumMember> {
    let name = leak_str(&value.value.node);
    Ok(CoreEnumMember {
        name,
        value: directive(&value.directives, "enumValue", "value").unwrap_or(name),
        description: text(value.description),
    })
}

fn type_ref(reference: &Type) -> anyhow::Result<CoreTypeRef> {
    let (base, list, item_non_null) = match &reference.base {
        BaseType::Named(_) => (&reference.base, false, false),
        BaseType::List(item) => (&item.base, true, !item.nullable),
    };
    match base {
        BaseType::Named(name) => Ok(CoreTypeRef {
            name: leak_str(name),
            list,
            item_non_null,
            non_null: !reference.nullable,
        }),
        BaseType::List(_) => bail!("{reference}: the core API has no lists of lists"),
    }
}

/// The string argument of a directive.
fn directive(directives: &[Positioned<ConstDirective>], name: &str, argument: &str) -> Option<&'static str> {
    let directive = directives.iter().find(|directive| directive.node.name.node == name)?;
    match directive.node.get_argument(argument).map(|value| &value.node) {
        Some(ConstValue::String(value)) => Some(leak_str(value)),
        _ => None,
    }
}

fn all<N, T>(nodes: Vec<Positioned<N>>, convert: impl Fn(N) -> anyhow::Result<T>) -> anyhow::Result<&'static [T]> {
    let converted: Vec<T> = nodes
        .into_iter()
        .map(|node| convert(node.node))
        .collect::<anyhow::Result<_>>()?;
    Ok(leak(converted))
}

fn names(nodes: Vec<Positioned<async_graphql::Name>>) -> &'static [&'static str] {
    leak(nodes.iter().map(|name| leak_str(&name.node)).collect())
}

fn text(node: Option<Positioned<String>>) -> Option<&'static str> {
    node.map(|text| leak_str(text.node.trim()))
}

fn literal(value: Option<Positioned<ConstValue>>) -> Option<&'static str> {
    value.map(|value| leak_str(&value.node.to_string()))
}

fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
