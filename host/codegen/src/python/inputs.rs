//! Writes an input of the client: a dataclass.

use super::docs::docstring;

/// One field.
pub(super) struct Field {
    /// Name in Python.
    pub(super) name: String,
    /// Annotation with `| None` where it is nullable.
    pub(super) annotation: String,
    /// Default as a Python expression.
    pub(super) default: Option<String>,
    /// Documentation.
    pub(super) doc: String,
}

/// The class, ending in a line break. Fields with a default come last, as dataclasses want them.
pub(super) fn input(name: &str, doc: &str, mut fields: Vec<Field>) -> String {
    fields.sort_by_key(|field| field.default.is_some());
    let mut out = format!("@dataclasses.dataclass(slots=True)\nclass {name}(Input):\n");
    let doc = docstring(4, doc, &[]);
    out.push_str(&doc);
    for (index, field) in fields.iter().enumerate() {
        if index > 0 || !doc.is_empty() {
            out.push('\n');
        }
        let default = field
            .default
            .as_ref()
            .map(|value| format!(" = {value}"))
            .unwrap_or_default();
        out.push_str(&format!(
            "    {}: {}{default}\n{}",
            field.name,
            field.annotation,
            docstring(4, &field.doc, &[])
        ));
    }
    out
}
