//! Who shares what was fetched of a git repository: those with the same credentials.
//!
//! An engine knows a checkout by its commit alone and gives it to whoever names the commit, so what was fetched with credentials gets their name
//! into its cache key. The attribute that carries it decides in the engine how files are dated, and any other value than `commit` leaves them as
//! they are (`source/git` of BuildKit's tree).

use super::Renames;
use std::collections::BTreeMap;

const SECRETS: [&str; 2] = ["git.authheadersecret", "git.authtokensecret"];
const SOCKET: &str = "git.mountsshsock";
const CARRIER: &str = "git.mtime";

/// The credentials that a source names, as one text; empty for what anybody may fetch. Host keys are no credentials.
pub(crate) fn of(attributes: &BTreeMap<String, String>) -> String {
    let names = SECRETS.iter().chain(&[SOCKET]).filter_map(|name| attributes.get(*name));
    let names: Vec<&str> = names.map(String::as_str).filter(|name| !name.is_empty()).collect();
    names.join(" ")
}

/// Keeps what the source fetches apart from what others fetch.
pub(crate) fn separate(attributes: &mut BTreeMap<String, String>) {
    let audience = of(attributes);
    if !audience.is_empty() {
        attributes.insert(CARRIER.to_owned(), format!("for {audience}"));
    }
}

/// Names the credentials of a source that another client made as this one knows them, and keeps it apart; whether anything changed.
pub(super) fn adopt(attributes: &mut BTreeMap<String, String>, renames: &Renames) -> bool {
    let before = attributes.clone();
    for name in SECRETS {
        match attributes.remove(name).and_then(|id| renames.secrets.get(&id)) {
            Some(known) => attributes.insert(name.to_owned(), known.clone()),
            None => None,
        };
    }
    if let (Some(id), Some(socket)) = (attributes.get_mut(SOCKET), &renames.socket) {
        socket.clone_into(id);
    }
    separate(attributes);
    *attributes != before
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn attributes(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn only_credentials_separate() {
        let mut open = attributes(&[("git.fullurl", "https://h/r"), ("git.knownsshhosts", "h key")]);
        let before = open.clone();
        separate(&mut open);
        assert_eq!(open, before);
        let (mut one, mut other) = (
            attributes(&[("git.authheadersecret", "a")]),
            attributes(&[("git.authheadersecret", "b")]),
        );
        separate(&mut one);
        separate(&mut other);
        assert_ne!(one.get(CARRIER), other.get(CARRIER));
    }

    #[test]
    fn another_client_s_names_are_ours_or_nobody_s() {
        let renames = Renames {
            secrets: HashMap::from([("GIT_AUTH_TOKEN".to_owned(), "ours".to_owned())]),
            socket: None,
        };
        let mut adopted = attributes(&[
            ("git.authheadersecret", "GIT_AUTH_HEADER"),
            ("git.authtokensecret", "GIT_AUTH_TOKEN"),
        ]);
        assert!(adopt(&mut adopted, &renames));
        let expected = attributes(&[("git.authtokensecret", "ours"), (CARRIER, "for ours")]);
        assert_eq!(adopted, expected);
        assert!(!adopt(&mut attributes(&[("git.fullurl", "https://h/r")]), &renames));
    }
}
