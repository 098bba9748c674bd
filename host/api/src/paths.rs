//! Paths inside containers and directories: absolute, `/`-separated, no `.` or `..` left. Nothing here looks at a file system.

use crate::error::ApiError;

/// `path` as an absolute path, relative ones from `base`; `..` never leaves the root.
pub(crate) fn absolute(base: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let from_base = if path.starts_with('/') { "" } else { base };
    for part in from_base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    format!("/{}", parts.join("/"))
}

/// `path` within `directory`, which is its root: a leading slash means the directory itself, and `..` may not lead above it.
pub(crate) fn within(directory: &str, path: &str) -> Result<String, ApiError> {
    let mut depth = 0_usize;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                depth = depth.checked_sub(1).ok_or_else(|| {
                    ApiError::other(format!("the path `{path}` leads out of the directory; stay below it"))
                })?;
            }
            _ => depth += 1,
        }
    }
    Ok(join(directory, &absolute("/", path)))
}

/// The last component; empty for the root.
pub(crate) fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The directory that the path lies in; the root for the root.
pub(crate) fn parent(path: &str) -> &str {
    match path.trim_end_matches('/').rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((parent, _)) => parent,
    }
}

/// What follows `directory` in `path`, without a leading slash; none when the path is not below it. A directory is below itself.
pub(crate) fn below<'p>(path: &'p str, directory: &str) -> Option<&'p str> {
    if directory == "/" {
        return Some(path.trim_start_matches('/'));
    }
    let rest = path.strip_prefix(directory)?;
    if rest.is_empty() {
        Some("")
    } else {
        rest.strip_prefix('/')
    }
}

/// Two paths, the second below the first.
pub(crate) fn join(directory: &str, rest: &str) -> String {
    absolute(directory, rest.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_made_absolute() {
        assert_eq!(absolute("/app", "src/main.py"), "/app/src/main.py");
        assert_eq!(absolute("/app", "/etc"), "/etc");
        assert_eq!(absolute("/app", "../../../etc/./x/"), "/etc/x");
        assert_eq!(absolute("", "."), "/");
    }

    #[test]
    fn parts_of_paths() {
        assert_eq!((file_name("/a/b/"), file_name("/")), ("b", ""));
        assert_eq!((parent("/a/b"), parent("/a"), parent("/")), ("/a", "/", "/"));
        assert_eq!(
            (
                below("/a/b", "/a"),
                below("/ab", "/a"),
                below("/a", "/a"),
                below("/a", "/")
            ),
            (Some("b"), None, Some(""), Some("a"))
        );
    }

    #[test]
    fn a_path_within_a_directory_stays_there() {
        assert_eq!(within("/app", "a/../b").unwrap(), "/app/b");
        assert_eq!(within("/app", "/etc").unwrap(), "/app/etc");
        assert_eq!(within("/", ".").unwrap(), "/");
        for path in ["..", "a/../../b", "/..", "../app"] {
            assert!(within("/app", path).is_err(), "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_leaves_the_root(base in "[a-z./]{0,20}", path in "[a-z./]{0,40}") {
            let result = absolute(&base, &path);
            prop_assert!(result.starts_with('/'));
            prop_assert!(!result.split('/').any(|part| part == ".." || part == "."));
            prop_assert_eq!(absolute("/x", &result), result);
        }
    }
}
