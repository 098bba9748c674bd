//! Pages of repositories: where people read what git fetches.

/// The repository by host and path, as references name it: `github.com/acme/ci`.
pub(crate) fn repository(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = match rest.split_once('@') {
        Some((user, rest)) if !user.contains('/') => rest,
        _ => rest,
    };
    // `host:path`, unless what follows is a port.
    let rest = match rest.split_once(':') {
        Some((host, path)) if !url.contains("://") => format!("{host}/{path}"),
        _ => rest.to_owned(),
    };
    rest.trim_start_matches('/')
        .trim_end_matches('/')
        .trim_end_matches(".git")
        .to_owned()
}

/// The repository's page; empty for one on this machine.
pub(crate) fn of_repository(url: &str) -> String {
    if url.starts_with("file://") {
        return String::new();
    }
    format!("https://{}", repository(url))
}

/// The page of a directory in the repository at a commit; empty where the repository has none.
pub(crate) fn of_module(url: &str, commit: &str, subpath: &str) -> String {
    let page = of_repository(url);
    if page.is_empty() {
        return page;
    }
    let host = page
        .trim_start_matches("https://")
        .split('/')
        .next()
        .unwrap_or_default();
    let tree = match host {
        "bitbucket.org" => "src",
        host if host.contains("gitlab") => "-/tree",
        _ => "tree",
    };
    format!("{page}/{tree}/{commit}/{subpath}")
        .trim_end_matches('/')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_fetched() {
        for url in [
            "https://github.com/acme/ci",
            "https://me@github.com/acme/ci.git",
            "ssh://git@github.com/acme/ci",
            "git@github.com:acme/ci.git",
        ] {
            assert_eq!(repository(url), "github.com/acme/ci", "{url}");
            assert_eq!(
                of_module(url, "abc", "lint"),
                "https://github.com/acme/ci/tree/abc/lint"
            );
        }
        assert_eq!(
            of_module("https://gitlab.com/a/b", "abc", ""),
            "https://gitlab.com/a/b/-/tree/abc"
        );
        assert_eq!(of_repository("file:///srv/r.git"), "");
        assert_eq!(repository("file:///srv/r.git"), "srv/r");
    }
}
