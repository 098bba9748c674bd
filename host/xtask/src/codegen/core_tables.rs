//! `CoreType` tables → the Rust source of `core_types/generated.rs`.

use std::fmt::Write;

use dockwright_schema::core_types::{CoreArgument, CoreEnumMember, CoreField, CoreType, CoreTypeRef};

const HEADER: &str = "\
//! The core API's tables. Generated from `core.graphql` by `cargo xtask codegen`; do not edit.

use super::types::{CoreArgument, CoreEnumMember, CoreField, CoreKind, CoreType, CoreTypeRef};

/// Every type of the core API, sorted by name.
pub static TYPES: &[CoreType] = &[
";

/// The whole file.
pub(crate) fn render(types: &[CoreType]) -> String {
    let mut out = HEADER.to_owned();
    for core_type in types {
        out.push_str(&one_type(core_type));
    }
    out.push_str("];\n");
    out
}

fn one_type(core_type: &CoreType) -> String {
    let mut out = String::from("    CoreType {\n");
    line(
        &mut out,
        2,
        &format!("name: {:?}, kind: CoreKind::{:?},", core_type.name, core_type.kind),
    );
    line(&mut out, 2, &format!("description: {:?},", core_type.description));
    line(&mut out, 2, &format!("implements: &{:?},", core_type.implements));
    list(&mut out, "fields", core_type.fields, field);
    list(&mut out, "members", core_type.members, member);
    out.push_str("    },\n");
    out
}

fn list<T>(out: &mut String, name: &str, items: &[T], render: impl Fn(&T) -> String) {
    if items.is_empty() {
        return line(out, 2, &format!("{name}: &[],"));
    }
    line(out, 2, &format!("{name}: &["));
    for item in items {
        out.push_str(&render(item));
    }
    line(out, 2, "],");
}

fn field(field: &CoreField) -> String {
    let mut out = String::new();
    line(&mut out, 3, "CoreField {");
    line(
        &mut out,
        4,
        &format!("name: {:?}, returns: {},", field.name, type_ref(&field.returns)),
    );
    line(&mut out, 4, &format!("description: {:?},", field.description));
    if field.arguments.is_empty() {
        line(&mut out, 4, "arguments: &[],");
    } else {
        line(&mut out, 4, "arguments: &[");
        for item in field.arguments {
            line(&mut out, 5, &argument(item));
        }
        line(&mut out, 4, "],");
    }
    line(
        &mut out,
        4,
        &format!(
            "default: {:?}, expected_type: {:?},",
            field.default, field.expected_type
        ),
    );
    line(
        &mut out,
        4,
        &format!(
            "deprecated: {:?}, experimental: {:?},",
            field.deprecated, field.experimental
        ),
    );
    line(&mut out, 3, "},");
    out
}

fn argument(argument: &CoreArgument) -> String {
    let CoreArgument {
        name,
        description,
        r#type,
        default,
        expected_type,
        deprecated,
    } = argument;
    let r#type = type_ref(r#type);
    format!(
        "CoreArgument {{ name: {name:?}, description: {description:?}, r#type: {type}, default: {default:?}, \
         expected_type: {expected_type:?}, deprecated: {deprecated:?} }},"
    )
}

fn member(member: &CoreEnumMember) -> String {
    let CoreEnumMember {
        name,
        value,
        description,
    } = member;
    format!("            CoreEnumMember {{ name: {name:?}, value: {value:?}, description: {description:?} }},\n")
}

fn type_ref(reference: &CoreTypeRef) -> String {
    let CoreTypeRef {
        name,
        list,
        item_non_null,
        non_null,
    } = reference;
    format!("CoreTypeRef {{ name: {name:?}, list: {list}, item_non_null: {item_non_null}, non_null: {non_null} }}")
}

fn line(out: &mut String, depth: usize, text: &str) {
    writeln!(out, "{:1$}{text}", "", depth * 4).ok();
}
