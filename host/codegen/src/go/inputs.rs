//! Writes an input of the client: a struct.

use super::{docs::comment, model::Parameter, names};

/// The struct, ending in a line break.
pub(super) fn input(name: &str, doc: &str, fields: &[Parameter]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|field| {
            format!(
                "{}\t{} {} `json:\"{},omitempty\"`\n",
                comment(1, &field.doc),
                names::exported(&field.argument),
                field.go_type,
                field.argument
            )
        })
        .collect();
    format!("{}type {name} struct {{\n{}}}\n", comment(0, doc), fields.join("\n"))
}
