//! Writes an enum of the client: a string type with constants.

use super::{docs::comment, names};

/// One member.
pub(super) struct Member<'a> {
    /// Name, also on the wire.
    pub(super) name: &'a str,
    /// The member that it is another spelling of; its own name when it is none.
    pub(super) value: &'a str,
    /// Documentation.
    pub(super) doc: &'a str,
}

/// The type and its constants, ending in a line break.
pub(super) fn enumeration(name: &str, doc: &str, members: &[Member<'_>]) -> String {
    let mut out = format!("{}type {name} string\n\n", comment(0, doc));
    out.push_str(&format!(
        "// IsEnum marks an enum of the API.\nfunc ({name}) IsEnum() {{}}\n\n\
         // Name is the member's name.\nfunc (e {name}) Name() string {{\n\treturn string(e)\n}}\n\n\
         // Value is what the member stands for, its name.\nfunc (e {name}) Value() string {{\n\treturn string(e)\n}}\n\n"
    ));
    let mut seen: Vec<String> = Vec::new();
    let mut constants = Vec::new();
    for member in members {
        let constant = format!("{name}{}", names::member(member.name));
        if seen.contains(&constant) {
            continue;
        }
        let value = if member.name == member.value {
            format!("\"{}\"", member.name)
        } else {
            format!("{name}{}", names::member(member.value))
        };
        constants.push(format!("{}\t{constant} {name} = {value}\n", comment(1, member.doc)));
        seen.push(constant);
    }
    out.push_str(&format!("const (\n{})\n", constants.join("\n")));
    out.push_str(&aliases(name, members));
    out
}

/// Reads the other spellings of members as the members.
fn aliases(name: &str, members: &[Member<'_>]) -> String {
    let cases: String = members
        .iter()
        .filter(|member| member.name != member.value)
        .map(|member| {
            format!(
                "\tcase \"{}\":\n\t\t*e = {name}{}\n",
                member.name,
                names::member(member.value)
            )
        })
        .collect();
    if cases.is_empty() {
        return String::new();
    }
    format!(
        "\n// UnmarshalJSON reads every spelling of a member.\nfunc (e *{name}) UnmarshalJSON(data []byte) error {{\n\
         \tvar text string\n\tif err := json.Unmarshal(data, &text); err != nil {{\n\t\treturn err\n\t}}\n\
         \tswitch text {{\n{cases}\tdefault:\n\t\t*e = {name}(text)\n\t}}\n\treturn nil\n}}\n"
    )
}
