//! How names are spelled: GraphQL's from the source's, the command line's from GraphQL's.

/// Splits a name at dashes, underscores, dots, spaces and case changes: `HTTPServer_url` → `HTTP`, `Server`, `url`.
pub fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &current) in chars.iter().enumerate() {
        if matches!(current, '-' | '_' | ' ' | '.') {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        let previous = index.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let next = chars.get(index + 1).copied();
        let starts = current.is_uppercase()
            && previous.is_some_and(|p| {
                p.is_lowercase() || p.is_numeric() || (p.is_uppercase() && next.is_some_and(char::is_lowercase))
            });
        if starts && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(current);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `my-module` → `MyModule`.
pub fn pascal_case(name: &str) -> String {
    words(name).iter().map(|word| capitalise(word)).collect()
}

/// `my-module` → `myModule`.
pub fn camel_case(name: &str) -> String {
    let pascal = pascal_case(name);
    let mut chars = pascal.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => pascal,
    }
}

/// `withExec` → `with-exec`; all spellings of a flag become one.
pub fn kebab_case(name: &str) -> String {
    words(name).join("-").to_lowercase()
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The API name of a module's type where the module is called `module`: the main object has that name, others are prefixed by it. Where a type
/// has the main object's name or begins with it, as in `CiReport` of `Ci`, that part becomes the prefix.
pub fn namespaced(module: &str, main_object: &str, type_name: &str) -> String {
    let (prefix, own, name) = (pascal_case(module), pascal_case(main_object), pascal_case(type_name));
    let rest = name
        .strip_prefix(&own)
        .filter(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    format!("{prefix}{}", rest.unwrap_or(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_case_of_their_place() {
        assert_eq!(pascal_case("my-module"), "MyModule");
        assert_eq!(camel_case("build_with_cache"), "buildWithCache");
        assert_eq!(kebab_case("buildWithCache"), "build-with-cache");
        assert_eq!(kebab_case("dockerConfig"), kebab_case("docker_config"));
        assert_eq!(kebab_case("experimentalWithAllGPUs"), "experimental-with-all-gp-us");
        assert_eq!(kebab_case("HTTPServer"), "http-server");
    }

    #[test]
    fn types_are_prefixed_once() {
        let own = |name: &str| namespaced("ci", "Ci", name);
        assert_eq!(own("Ci"), "Ci");
        assert_eq!(own("Report"), "CiReport");
        assert_eq!(own("CiReport"), "CiReport");
        assert_eq!(own("Cipher"), "CiCipher");
    }

    #[test]
    fn another_name_of_the_module_is_the_prefix_of_all() {
        let seen = |name: &str| namespaced("my-linter", "Lint", name);
        assert_eq!(seen("Lint"), "MyLinter");
        assert_eq!(seen("LintReport"), "MyLinterReport");
        assert_eq!(seen("Report"), "MyLinterReport");
        assert_eq!(seen("Linter"), "MyLinterLinter");
    }
}
