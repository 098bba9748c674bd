//! TypeScript's spelling of GraphQL names.

/// Words that Dagger's client spells with an underscore behind them, so that they can name a function or a variable.
/// `export`, `from` and `with` are not among them: they name methods only.
const RESERVED: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "module",
    "namespace",
    "new",
    "null",
    "number",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "yield",
];

/// Type names that would hide what every class of the file needs.
const TYPES: &[&str] = &["Function", "Module", "Object", "Promise"];

/// A method's or parameter's name: `import` → `import_`.
pub(super) fn identifier(name: &str) -> String {
    if RESERVED.contains(&name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

/// A type's name: `Query` → `Client`, `Function` → `Function_`.
pub(super) fn type_name(name: &str) -> String {
    match name {
        "Query" => "Client".to_owned(),
        name if TYPES.contains(&name) => format!("{name}_"),
        name => name.to_owned(),
    }
}

/// The name of the record of a method's options: `Container`, `withExec` → `ContainerWithExecOpts`.
pub(super) fn options(api_type: &str, field: &str) -> String {
    let owner = if api_type == "Query" { "Client" } else { api_type };
    let mut field = field.chars();
    let first: String = field.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{owner}{first}{}Opts", field.as_str())
}

/// An enum's member: `PREFER_OURS` → `PreferOurs`, `EStarGZ` → `EstarGz`. Of several capitals in a row the first stays one.
pub(super) fn member(name: &str) -> String {
    let mut out = String::new();
    let mut previous: Option<char> = None;
    for current in name.chars() {
        let follows = previous.filter(|c| c.is_alphanumeric());
        match (follows, current) {
            (_, '_' | '-' | ' ' | '.') => {}
            (None, c) => out.extend(c.to_uppercase()),
            (Some(before), c) if before.is_uppercase() => out.extend(c.to_lowercase()),
            (Some(_), c) => out.push(c),
        }
        previous = Some(current);
    }
    out
}

/// The constant that says how the fields of an input are written: `PortForward` → `PORT_FORWARD`.
pub(super) fn constant(name: &str) -> String {
    dockwright_schema::names::words(name).join("_").to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_users_know_them() {
        for (api, typescript) in [
            ("SHARED", "Shared"),
            ("LEAVE_CONFLICT_MARKERS", "LeaveConflictMarkers"),
            ("EStarGZ", "EstarGz"),
            ("ESTARGZ", "Estargz"),
            ("OCIMediaTypes", "OcimediaTypes"),
            ("PerSession", "PerSession"),
            ("v2_beta", "V2Beta"),
        ] {
            assert_eq!(member(api), typescript);
        }
        assert_eq!(identifier("import"), "import_");
        assert_eq!(identifier("export"), "export");
        assert_eq!(type_name("Module"), "Module_");
        assert_eq!(options("Query", "cacheVolume"), "ClientCacheVolumeOpts");
        assert_eq!(constant("PortForward"), "PORT_FORWARD");
    }
}
