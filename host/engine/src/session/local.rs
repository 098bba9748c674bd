//! A directory of the client that an engine may ask for.

use crate::PatternError;
use crate::pattern::PathFilter;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// A directory of this machine and what of it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalDirectory {
    /// Absolute path.
    pub root: PathBuf,
    /// Only what matches one of these (Docker's ignore-file patterns); empty is everything.
    pub include: Vec<String>,
    /// Not what matches one of these; `!` takes back.
    pub exclude: Vec<String>,
    /// Not what the `.gitignore` files in it, and those above it in its git repository, leave out.
    pub gitignore: bool,
}

impl LocalDirectory {
    /// Everything in a directory.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            include: Vec::new(),
            exclude: Vec::new(),
            gitignore: false,
        }
    }

    pub(crate) fn filter(&self) -> Result<PathFilter, PatternError> {
        PathFilter::new(&self.include, &self.exclude)
    }

    /// Tells one selection of files from another, the same in every run: an engine keeps what it got under this.
    pub(crate) fn hint(&self) -> String {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(bytes);
        };
        part(self.root.as_os_str().as_encoded_bytes());
        for list in [&self.include, &self.exclude] {
            part(&list.len().to_le_bytes());
            list.iter().for_each(|pattern| part(pattern.as_bytes()));
        }
        part(&[u8::from(self.gitignore)]);
        hex::encode(hash.finalize()).chars().take(32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::LocalDirectory;

    #[test]
    fn each_selection_has_its_own_hint() {
        let plain = LocalDirectory::new("/src");
        let hints = [
            plain.hint(),
            LocalDirectory::new("/other").hint(),
            LocalDirectory {
                include: vec!["a".into()],
                ..plain.clone()
            }
            .hint(),
            LocalDirectory {
                exclude: vec!["a".into()],
                ..plain.clone()
            }
            .hint(),
            LocalDirectory {
                gitignore: true,
                ..plain.clone()
            }
            .hint(),
        ];
        let distinct: std::collections::HashSet<_> = hints.iter().collect();
        assert_eq!(distinct.len(), hints.len());
        assert_eq!(plain.hint(), LocalDirectory::new("/src").hint());
    }
}
