//! `dockwright.lock`, beside `dagger.json`: which commit, with which content, each reference in the module's whole graph means.
//!
//! It covers references to git, in this module and in those that it calls. Paths are not locked: their files are right there. The text is
//! the same for the same content, so that it can be reviewed and merged.
//!
//! `dagger.json` may pin a dependency too (`pin`, the commit), and Dagger reads and writes those. Where both know a commit, the pin in
//! `dagger.json` counts: it is what both programs see, and what was changed last when they differ, since dockwright always writes both.
//! The lock's entry for another commit is then out of date and says nothing. `develop` and `update` write it anew.

use crate::error::ModuleError;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The file's name.
pub(crate) const LOCK_NAME: &str = "dockwright.lock";

/// The form that is written and read.
const FORMAT: u32 = 1;

/// What a module's references mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lockfile {
    format: u32,
    /// References to git, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub git: Vec<GitEntry>,
    /// References to registries (`oci://…`), sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oci: Vec<DigestEntry>,
    /// Container images, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<DigestEntry>,
}

/// What a reference to git means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GitEntry {
    /// The reference, with its version.
    pub source: String,
    /// The repository that it led to.
    pub url: String,
    /// The commit, in hex.
    pub commit: String,
    /// Digest of the repository's files: `blake3:` and hex.
    pub digest: String,
    /// Whether a manifest pins this commit, so that the entry says nothing about the reference alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// What a reference to a registry means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DigestEntry {
    /// The reference, with its version.
    pub source: String,
    /// Digest of the manifest in the registry: `sha256:` and hex.
    pub digest: String,
}

impl Default for Lockfile {
    fn default() -> Lockfile {
        Lockfile {
            format: FORMAT,
            git: Vec::new(),
            oci: Vec::new(),
            images: Vec::new(),
        }
    }
}

impl Lockfile {
    /// Reads the lock beside the manifest in that directory; where there is none, nothing is locked.
    ///
    /// # Errors
    /// It cannot be read, or is not a lock.
    pub fn read(root: &Path) -> Result<Lockfile, ModuleError> {
        let path = root.join(LOCK_NAME);
        match fs_err::read_to_string(&path) {
            Ok(text) => Lockfile::parse(&path, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lockfile::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// The lock in that text; `path` is for messages.
    ///
    /// # Errors
    /// It is not a lock, or one of a newer form.
    pub fn parse(path: &Path, text: &str) -> Result<Lockfile, ModuleError> {
        let invalid = |message: String| ModuleError::Lock {
            path: path.to_owned(),
            message,
        };
        let has_conflict = text.lines().any(|line| line.starts_with("<<<<<<< "));
        if has_conflict {
            return Err(invalid("it has conflicts of a merge".to_owned()));
        }
        #[derive(Deserialize)]
        struct Form {
            format: u32,
        }
        let form: Form = serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
        if form.format > FORMAT {
            return Err(invalid(format!(
                "it has form {}, this version of dockwright reads {FORMAT}: use the newer one that wrote it",
                form.format
            )));
        }
        let mut lock: Lockfile = serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
        lock.sort();
        Ok(lock)
    }

    /// The lock's text.
    pub fn to_text(&self) -> String {
        let mut lock = self.clone();
        lock.sort();
        // Structures of texts and numbers always have a form in JSON.
        serde_json::to_string_pretty(&lock).unwrap_or_default() + "\n"
    }

    /// Whether nothing is locked.
    pub fn is_empty(&self) -> bool {
        self.git.is_empty() && self.oci.is_empty() && self.images.is_empty()
    }

    /// What the reference means where no manifest pins it.
    pub(crate) fn git(&self, source: &str) -> Option<&GitEntry> {
        self.git.iter().find(|entry| entry.source == source && !entry.pinned)
    }

    /// What is known of the reference at that commit.
    pub(crate) fn git_at(&self, source: &str, commit: &str) -> Option<&GitEntry> {
        self.git
            .iter()
            .find(|entry| entry.source == source && entry.commit == commit)
    }

    /// The digest that a reference to a registry means where no manifest pins it.
    pub(crate) fn oci(&self, source: &str) -> Option<&DigestEntry> {
        self.oci.iter().find(|entry| entry.source == source)
    }

    /// The same with other references to modules.
    pub(crate) fn with_references(self, git: Vec<GitEntry>, oci: Vec<DigestEntry>) -> Lockfile {
        Lockfile { git, oci, ..self }
    }

    fn sort(&mut self) {
        self.git.sort();
        self.git.dedup();
        for entries in [&mut self.oci, &mut self.images] {
            entries.sort();
            entries.dedup();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(source: &str, commit: &str, pinned: bool) -> GitEntry {
        GitEntry {
            source: source.to_owned(),
            url: "https://github.com/acme/ci".to_owned(),
            commit: commit.to_owned(),
            digest: "blake3:00".to_owned(),
            pinned,
        }
    }

    fn told(text: &str) -> String {
        Lockfile::parse(Path::new("dockwright.lock"), text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_text_is_sorted_and_small() {
        let lock = Lockfile {
            git: vec![
                entry("b@main", "2", false),
                entry("a@v1", "1", true),
                entry("b@main", "2", false),
            ],
            ..Lockfile::default()
        };
        insta::assert_snapshot!(lock.to_text(), @r#"
        {
          "format": 1,
          "git": [
            {
              "source": "a@v1",
              "url": "https://github.com/acme/ci",
              "commit": "1",
              "digest": "blake3:00",
              "pinned": true
            },
            {
              "source": "b@main",
              "url": "https://github.com/acme/ci",
              "commit": "2",
              "digest": "blake3:00"
            }
          ]
        }
        "#);
    }

    #[test]
    fn pinned_entries_say_nothing_about_the_reference_alone() {
        let lock = Lockfile {
            git: vec![entry("a", "1", true), entry("a", "2", false)],
            ..Lockfile::default()
        };
        assert_eq!(lock.git("a").unwrap().commit, "2");
        assert_eq!(lock.git_at("a", "1").unwrap().commit, "1");
        assert_eq!(lock.git_at("a", "3"), None);
    }

    #[test]
    fn what_is_no_lock_is_said() {
        insta::assert_snapshot!(told("{"), @"dockwright.lock: EOF while parsing an object at line 1 column 1");
        insta::assert_snapshot!(told("{}"), @"dockwright.lock: missing field `format` at line 1 column 2");
        insta::assert_snapshot!(told(r#"{"format": 9, "git": 3}"#), @"dockwright.lock: it has form 9, this version of dockwright reads 1: use the newer one that wrote it");
        insta::assert_snapshot!(told("{\n<<<<<<< HEAD\n"), @"dockwright.lock: it has conflicts of a merge");
    }

    #[test]
    fn entries_of_registries_and_images_are_kept() {
        let text = r#"{"format": 1, "oci": [{"source": "oci://r/a:1", "digest": "sha256:00"}], "images": [{"source": "alpine:3", "digest": "sha256:01"}]}"#;
        let lock = Lockfile::parse(Path::new("x"), text).unwrap();
        assert_eq!(Lockfile::parse(Path::new("x"), &lock.to_text()).unwrap(), lock);
        assert!(lock.to_text().contains("alpine:3") && lock.to_text().contains("oci://r/a:1"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(entries in prop::collection::vec(("\\PC{0,20}", "[0-9a-f]{40}", any::<bool>()), 0..6)) {
            let git = entries.iter().map(|(source, commit, pinned)| entry(source, commit, *pinned)).collect();
            let mut lock = Lockfile { git, ..Lockfile::default() };
            let text = lock.to_text();
            lock.sort();
            let read = Lockfile::parse(Path::new("x"), &text).unwrap();
            prop_assert_eq!(&read, &lock);
            lock.git.reverse();
            prop_assert_eq!(lock.to_text(), text);
        }
    }
}
