//! Writes an enum of the client.

use super::{code::string, docs::docstring};

/// One member.
pub(super) struct Member<'a> {
    /// Name, also on the wire.
    pub(super) name: &'a str,
    /// Value; a member with the value of an earlier one is another spelling of it.
    pub(super) value: &'a str,
    /// Documentation.
    pub(super) doc: &'a str,
}

/// The class, ending in a line break.
pub(super) fn enumeration(name: &str, doc: &str, members: &[Member<'_>]) -> String {
    let mut out = format!("class {name}(Enum):\n");
    let doc = docstring(4, doc, &[]);
    out.push_str(&doc);
    for (index, member) in members.iter().enumerate() {
        if index > 0 || !doc.is_empty() {
            out.push('\n');
        }
        let identifier = super::names::identifier(member.name);
        out.push_str(&format!(
            "    {identifier} = {}\n{}",
            string(member.value),
            docstring(4, member.doc, &[])
        ));
    }
    out
}
