//! Writes types of plain objects: a method's options, and inputs.

use super::{
    docs,
    model::{Parameter, Record},
};

/// The type, ending in a line break.
pub(super) fn record(record: &Record) -> String {
    let fields: Vec<String> = record.fields.iter().map(field).collect();
    format!(
        "{}export type {} = {{\n{}}};\n",
        docs::text(0, &record.doc),
        record.name,
        fields.join("\n")
    )
}

fn field(field: &Parameter) -> String {
    let mark = if field.optional { "?" } else { "" };
    format!(
        "{}  {}{mark}: {};\n",
        docs::plain(2, &field.doc),
        field.argument,
        field.annotation
    )
}
