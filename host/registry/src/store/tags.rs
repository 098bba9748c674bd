//! What tags were found to lead to, and when: for those who want to work without a network, and for telling that a tag has moved.

use super::{Store, StoreError};
use crate::digest::Digest;
use crate::reference::Reference;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a tag led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The reference with its tag.
    pub reference: String,
    /// The manifest that it led to.
    pub digest: Digest,
    /// When, in seconds since 1970.
    pub seen: u64,
}

impl Remembered {
    /// How long ago that was, for people.
    pub fn age(&self) -> String {
        let seconds = now().saturating_sub(self.seen);
        match seconds {
            0..120 => "a moment ago".to_owned(),
            120..7200 => format!("{} minutes ago", seconds / 60),
            7200..172_800 => format!("{} hours ago", seconds / 3600),
            _ => format!("{} days ago", seconds / 86_400),
        }
    }
}

impl Store {
    /// What the reference's tag led to when it was last looked at.
    pub fn remembered(&self, reference: &Reference) -> Option<Remembered> {
        let bytes = std::fs::read(self.tag(reference)?).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Remembers what the reference's tag leads to. Nothing is written when nothing changes but the time, unless that is an hour old.
    pub(crate) fn remember(&self, reference: &Reference, digest: Digest) -> Result<(), StoreError> {
        let Some(place) = self.tag(reference) else {
            return Ok(());
        };
        let known = self.remembered(reference);
        if known.is_some_and(|known| known.digest == digest && now().saturating_sub(known.seen) < 3600) {
            return Ok(());
        }
        let record = Remembered {
            reference: reference.to_string(),
            digest,
            seen: now(),
        };
        fs_err::create_dir_all(place.parent().unwrap_or(&place))?;
        let mut file = tempfile::NamedTempFile::new_in(self.staging()?)?;
        file.write_all(&serde_json::to_vec(&record).map_err(std::io::Error::from)?)?;
        file.persist(place).map_err(|error| error.error)?;
        Ok(())
    }

    /// The file that remembers; none for a reference without a tag.
    fn tag(&self, reference: &Reference) -> Option<PathBuf> {
        let name = format!(
            "{}/{}:{}",
            reference.registry(),
            reference.repository(),
            reference.tag()?
        );
        let name = Digest::of(name.as_bytes()).hex();
        Some(self.root.join("tags").join(name).with_extension("json"))
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn tags_are_remembered_apart() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::new(directory.path());
        let [one, two]: [Reference; 2] = ["oci://h/a:1", "oci://h/a:2"].map(|text| text.parse().unwrap());
        store.remember(&one, Digest::of(b"1")).unwrap();
        store.remember(&two, Digest::of(b"2")).unwrap();
        store.remember(&two, Digest::of(b"3")).unwrap();
        let digest = |reference| store.remembered(reference).unwrap().digest;
        assert_eq!((digest(&one), digest(&two)), (Digest::of(b"1"), Digest::of(b"3")));
        assert_eq!(store.remembered(&one).unwrap().age(), "a moment ago");
        assert_eq!(store.remembered(&"oci://h/b:1".parse().unwrap()), None);
    }
}
