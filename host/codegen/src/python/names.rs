//! Python's spelling of GraphQL names.

use dockwright_schema::names::words;

/// Words that cannot be identifiers.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Types that a method of the same name would hide from the annotations of its class.
const TYPES: &[&str] = &["bool", "float", "int", "list", "str"];

/// Method names: `withExec` → `with_exec`, `from` → `from_`, `list` → `list_`.
pub(super) fn method_name(name: &str) -> String {
    let name = snake_case(name);
    if TYPES.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// Argument names: `sshAuthSocket` → `ssh_auth_socket`, `from` → `from_`.
pub(super) fn snake_case(name: &str) -> String {
    identifier(&words(name).join("_").to_lowercase())
}

/// The name with an underscore behind it when it is a keyword.
pub(super) fn identifier(name: &str) -> String {
    if KEYWORDS.contains(&name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_users_know_them() {
        for (api, python) in [
            ("withExec", "with_exec"),
            ("from", "from_"),
            ("import", "import_"),
            ("list", "list_"),
            ("asJSON", "as_json"),
            ("withVCSGeneratedPaths", "with_vcs_generated_paths"),
            ("htmlRepoURL", "html_repo_url"),
            ("experimentalWithAllGPUs", "experimental_with_all_gp_us"),
            ("introspectionSchemaJSON", "introspection_schema_json"),
        ] {
            assert_eq!(method_name(api), python);
        }
    }
}
