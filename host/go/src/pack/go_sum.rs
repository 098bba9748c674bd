//! Checksums of modules: `go.sum`, and the `h1:` hash that stands in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

use super::go_mod::Version;

/// The checksums of a `go.sum`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GoSum {
    known: HashMap<(String, String), Vec<String>>,
}

impl GoSum {
    /// Reads the text. The error names the line.
    pub(crate) fn parse(text: &str) -> Result<GoSum, String> {
        let mut known: HashMap<_, Vec<_>> = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [] => {}
                [path, version, hash] => known
                    .entry(((*path).to_owned(), (*version).to_owned()))
                    .or_default()
                    .push((*hash).to_owned()),
                _ => {
                    return Err(format!(
                        "malformed go.sum:\ngo.sum:{}: wrong number of fields {}",
                        index + 1,
                        words.len()
                    ));
                }
            }
        }
        Ok(GoSum { known })
    }

    /// Whether it has the checksum of that module's files.
    pub(crate) fn has(&self, module: &Version) -> bool {
        self.of(module).next().is_some()
    }

    /// Compares; the error is what Go says of a mismatch. `from` is where the module came from.
    pub(crate) fn verify(&self, module: &Version, hash: &str, from: &str) -> Result<(), String> {
        if self.of(module).any(|known| known == hash) {
            return Ok(());
        }
        let expected = self.of(module).next().unwrap_or("nothing");
        Err(format!(
            "verifying {}@{}: checksum mismatch\n\tdownloaded: {hash} ({from})\n\tgo.sum:     {expected}\n\n\
             SECURITY ERROR\nThis download does NOT match an earlier download recorded in go.sum.\n\
             The bits may have been replaced on the origin server, or an attacker may\nhave intercepted the download attempt.",
            module.path, module.version
        ))
    }

    fn of(&self, module: &Version) -> impl Iterator<Item = &str> {
        let found = self.known.get(&(module.path.clone(), module.version.clone()));
        // Hashes of other kinds are for a later Go.
        found
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|hash| hash.starts_with("h1:"))
    }
}

/// The hash of files by name, in the order of the names.
#[derive(Default)]
pub(crate) struct H1 {
    files: Vec<(String, String)>,
}

impl H1 {
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) {
        self.files.push((name.to_owned(), hex::encode(Sha256::digest(content))));
    }

    pub(crate) fn finish(mut self) -> String {
        self.files.sort();
        let mut summary = Sha256::new();
        for (name, hash) in self.files {
            summary.update(format!("{hash}  {name}\n"));
        }
        format!("h1:{}", STANDARD.encode(summary.finalize()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    fn module() -> Version {
        Version {
            path: "a.b/c".into(),
            version: "v1.0.0".into(),
        }
    }

    #[test]
    fn files_are_told_apart_from_go_mod() {
        let sums = GoSum::parse("a.b/c v1.0.0/go.mod h1:x=\n\na.b/c v1.0.0 h9:later\n").unwrap();
        assert!(!sums.has(&module()));
        let sums = GoSum::parse("a.b/c v1.0.0 h1:x=\n").unwrap();
        assert!(sums.verify(&module(), "h1:x=", "here").is_ok());
        let told = sums.verify(&module(), "h1:y=", "here").unwrap_err();
        assert!(
            told.starts_with("verifying a.b/c@v1.0.0: checksum mismatch\n\tdownloaded: h1:y= (here)"),
            "{told}"
        );
        assert_eq!(
            GoSum::parse("a b").unwrap_err(),
            "malformed go.sum:\ngo.sum:1: wrong number of fields 2"
        );
    }

    #[test]
    fn the_hash_does_not_depend_on_the_order() {
        let hash = |names: [&str; 2]| {
            let mut h1 = H1::default();
            names.into_iter().for_each(|name| h1.add(name, name.as_bytes()));
            h1.finish()
        };
        assert_eq!(hash(["a", "b"]), hash(["b", "a"]));
        // What `printf '' | sha256sum | sha256sum` and base64 give for no file at all.
        assert_eq!(
            H1::default().finish(),
            "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*(\n\\PC*){0,4}") {
            GoSum::parse(&text).ok();
        }
    }
}
