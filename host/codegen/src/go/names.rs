//! Go's spelling of GraphQL names.

use dockwright_schema::names::words;

/// Words that Go spells in capitals throughout.
const INITIALISMS: &[&str] = &[
    "ACL", "API", "ASCII", "CPU", "CSS", "DNS", "EOF", "GUID", "HTML", "HTTP", "HTTPS", "ID", "IP", "JSON", "LHS",
    "QPS", "RAM", "RHS", "RPC", "SDK", "SLA", "SMTP", "SQL", "SSH", "TCP", "TLS", "TTL", "UDP", "UI", "UID", "URI",
    "URL", "UTF8", "UUID", "VM", "XML", "XMPP", "XSRF", "XSS",
];

/// What a parameter cannot be called: keywords, and what the body of a method uses.
const TAKEN: &[&str] = &[
    "bool",
    "break",
    "case",
    "chan",
    "const",
    "context",
    "continue",
    "ctx",
    "default",
    "defer",
    "else",
    "error",
    "fallthrough",
    "float64",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "int",
    "interface",
    "map",
    "nil",
    "opt",
    "opts",
    "package",
    "q",
    "querybuilder",
    "r",
    "range",
    "return",
    "select",
    "string",
    "struct",
    "switch",
    "type",
    "var",
];

/// Exported names: `withExec` → `WithExec`, `sshAuthSocket` → `SSHAuthSocket`.
pub(super) fn exported(name: &str) -> String {
    words(name).iter().map(|word| exported_word(word)).collect()
}

fn exported_word(word: &str) -> String {
    let upper = word.to_uppercase();
    if INITIALISMS.contains(&upper.as_str()) {
        return upper;
    }
    capitalise(word)
}

/// Name of a file for a module, without its ending: one that Go takes for no platform's or test's.
pub(super) fn file(module: &str) -> String {
    words(module).concat().to_lowercase()
}

/// Names of parameters: `withExec`, `type` → `type_`.
pub(super) fn parameter(name: &str) -> String {
    let mut out = String::new();
    for (index, word) in words(name).iter().enumerate() {
        if index == 0 {
            out.push_str(&word.to_lowercase());
        } else {
            out.push_str(&exported_word(word));
        }
    }
    if TAKEN.contains(&out.as_str()) {
        out.push('_');
    }
    out
}

/// The name of a constant for a member of an enum: `SHARED` → `Shared`, `EStarGZ` → `EstarGz`. In a run of capitals only
/// the first stays one.
pub(super) fn member(name: &str) -> String {
    let mut out = String::new();
    let mut capital = true;
    let mut after_capital = false;
    for c in name.chars() {
        if matches!(c, '_' | '-' | ' ' | '.') {
            capital = true;
            after_capital = false;
            continue;
        }
        let is_capital = c.is_uppercase();
        if capital {
            out.extend(c.to_uppercase());
        } else if is_capital && after_capital {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        capital = c.is_numeric();
        after_capital = is_capital;
    }
    out
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_users_know_them() {
        for (api, go) in [
            ("withExec", "WithExec"),
            ("id", "ID"),
            ("http", "HTTP"),
            ("sshAuthSocket", "SSHAuthSocket"),
            ("htmlRepoURL", "HTMLRepoURL"),
            ("withVCSGeneratedPaths", "WithVCSGeneratedPaths"),
            ("experimentalWithAllGPUs", "ExperimentalWithAllGPUs"),
            ("introspectionSchemaJSON", "IntrospectionSchemaJSON"),
        ] {
            assert_eq!(exported(api), go);
        }
        assert_eq!(parameter("linkName"), "linkName");
        assert_eq!(parameter("type"), "type_");
        assert_eq!(parameter("URL"), "url");
    }

    #[test]
    fn members_keep_one_capital_of_a_run() {
        for (api, go) in [
            ("SHARED", "Shared"),
            ("FAIL_EARLY", "FailEarly"),
            ("PerSession", "PerSession"),
            ("EStarGZ", "EstarGz"),
            ("OCIMediaTypes", "OcimediaTypes"),
        ] {
            assert_eq!(member(api), go);
        }
    }
}
