//! Writes an enum of the client.

use super::{code::string, docs, names};

/// One member.
pub(super) struct Member<'a> {
    /// Name in GraphQL.
    pub(super) name: &'a str,
    /// What travels: the member's name, or another member's name when this one is another spelling of it.
    pub(super) value: &'a str,
    /// Documentation.
    pub(super) doc: &'a str,
}

/// The enum, ending in a line break. Of members that TypeScript spells alike, the first stays.
pub(super) fn enumeration(name: &str, doc: &str, members: &[Member<'_>]) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut parts = Vec::new();
    for member in members {
        let spelling = names::member(member.name);
        if seen.contains(&spelling) {
            continue;
        }
        let value = string(member.value);
        parts.push(format!("{}  {spelling} = {value},\n", docs::text(2, member.doc)));
        seen.push(spelling);
    }
    format!("{}export enum {name} {{\n{}}}\n", docs::text(0, doc), parts.join("\n"))
}
