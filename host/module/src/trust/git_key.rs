//! Keys that sign commits and tags: those of SSH and of OpenPGP. Verifying with them is the work of the `git` program.

use std::path::Path;

const OPENPGP: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const SSH: [&str; 4] = ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"];

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GitKey {
    /// Kind and key, as the first two words of a line in a `.pub` file.
    Ssh(String),
    /// Armoured.
    OpenPgp(String),
}

impl GitKey {
    /// The key in the text, or in the file that it names, relative to the folder.
    pub(super) fn parse(folder: &Path, value: &str) -> Result<GitKey, String> {
        if let Some(key) = GitKey::of_text(value) {
            return Ok(key);
        }
        let text = fs_err::read_to_string(folder.join(value)).map_err(|error| error.to_string())?;
        GitKey::of_text(&text).ok_or_else(|| {
            format!("{value} holds no key: it should be an SSH key (`ssh-ed25519 …`) or an armoured OpenPGP key")
        })
    }

    fn of_text(text: &str) -> Option<GitKey> {
        let text = text.trim();
        if text.starts_with(OPENPGP) {
            return Some(GitKey::OpenPgp(text.to_owned()));
        }
        let mut words = text.lines().next()?.split_whitespace();
        let (kind, key) = (words.next()?, words.next()?);
        let is_key = key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
        let is_kind = SSH.iter().any(|start| kind.starts_with(start)) && text.lines().count() == 1;
        (is_kind && is_key).then(|| GitKey::Ssh(format!("{kind} {key}")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn keys_are_texts_or_files() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join("ada.pub"), "ssh-ed25519 AAAA+/= ada@example\n").unwrap();
        fs_err::write(folder.path().join("none.pub"), "nothing\n").unwrap();
        let of = |text: &str| GitKey::parse(folder.path(), text);
        let ssh = GitKey::Ssh("ssh-ed25519 AAAA+/=".to_owned());
        assert_eq!(of("ada.pub"), Ok(ssh.clone()));
        assert_eq!(of("ssh-ed25519 AAAA+/= somebody"), Ok(ssh));
        assert!(matches!(of(&format!("{OPENPGP}\nx\n")), Ok(GitKey::OpenPgp(_))));
        insta::assert_snapshot!(of("none.pub").unwrap_err(), @"none.pub holds no key: it should be an SSH key (`ssh-ed25519 …`) or an armoured OpenPGP key");
        assert!(of("ssh-ed25519 AAAA\n* ssh-ed25519 BBBB").is_err());
    }
}
