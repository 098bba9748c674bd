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

/// The API name of a module's type: the main object has the module's own name, others are prefixed by it unless they are already.
pub fn namespaced(module: &str, type_name: &str) -> String {
    let prefix = pascal_case(module);
    let name = pascal_case(type_name);
    let already = name
        .strip_prefix(&prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    if already { name } else { format!("{prefix}{name}") }
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
        assert_eq!(namespaced("ci", "Ci"), "Ci");
        assert_eq!(namespaced("ci", "Report"), "CiReport");
        assert_eq!(namespaced("ci", "CiReport"), "CiReport");
        assert_eq!(namespaced("ci", "Cipher"), "CiCipher");
    }
}
