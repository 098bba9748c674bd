//! One name for all spellings of a git repository's address, so that no spelling escapes a rule.

use percent_encoding::percent_decode_str;

/// Ports that an address need not name, by its scheme.
const PORTS: [(&str, &str); 4] = [("https", ":443"), ("http", ":80"), ("ssh", ":22"), ("git", ":9418")];

/// Host and path in small letters, without user, usual port and `.git`: `github.com/acme/ci`. Many hosts do not tell letters apart.
pub(super) fn git_name(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest.to_owned()),
        // `user@host:path`, and `host:port/path` where the scheme is left out.
        None => {
            let (host, path) = url.split_once(':').unwrap_or((url, ""));
            // A pattern may have `*` for the port.
            let port = path.split('/').next().unwrap_or_default();
            let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*');
            let is_scp = host.contains('@') || !is_port;
            let rest = if is_scp {
                url.replacen(':', "/", 1)
            } else {
                url.to_owned()
            };
            (String::new(), rest)
        }
    };
    let rest = percent_decode_str(&rest).decode_utf8_lossy().to_lowercase();
    let (authority, path) = rest.split_once('/').unwrap_or((&rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port = PORTS
        .iter()
        .find(|(name, _)| *name == scheme)
        .map_or("", |(_, port)| *port);
    let host = host.strip_suffix(port).unwrap_or(host).trim_end_matches('.');
    let mut parts = vec![if scheme == "file" { "localhost" } else { host }];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => parts.truncate(parts.len().saturating_sub(1).max(1)),
            part => parts.push(part),
        }
    }
    let name = parts.join("/");
    name.strip_suffix(".git").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::git_name;

    #[test]
    fn spellings_are_one() {
        for url in [
            "https://github.com/acme/ci",
            "https://me@GitHub.com:443//acme/./ci.git",
            "ssh://git@github.com:22/acme/ci",
            "git@github.com:Acme/ci.git",
            "http://github.com./%61cme/x/../ci/?y#z",
            "github.com/acme/ci",
        ] {
            assert_eq!(git_name(url), "github.com/acme/ci", "{url}");
        }
        assert_eq!(git_name("http://127.0.0.1:5000/a"), "127.0.0.1:5000/a");
        assert_eq!(git_name("127.0.0.1:5000/a"), "127.0.0.1:5000/a");
        assert_eq!(git_name("file:///srv/r.git"), "localhost/srv/r");
        assert_eq!(git_name("https://h/../../r"), "h/r");
    }
}
