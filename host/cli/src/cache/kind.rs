//! The kinds of things in the cache, by the folders that hold them.

use super::entry::Entry;
use std::path::{Path, PathBuf};

/// What users call it, and the folders whose children are its entries. `*` stands for every folder.
#[derive(Debug)]
pub(crate) struct Kind {
    /// For people.
    pub name: &'static str,
    folders: &'static [&'static str],
}

/// All of them, as `host/README.md` lists them.
pub(crate) const KINDS: [Kind; 10] = [
    Kind {
        name: "native code",
        folders: &["native/*", "native/*/snapshots"],
    },
    Kind {
        name: "modules from registries",
        folders: &[
            "artifacts/blobs/sha256",
            "artifacts/unpacked",
            "artifacts/tags",
            "artifacts/verified",
            "artifacts/attachments",
            "artifacts/staging",
        ],
    },
    Kind {
        name: "modules from git",
        folders: &[
            "git/repositories",
            "git/checkouts",
            "git/vendored",
            "git/versions",
            "git/open",
        ],
    },
    Kind {
        name: "definitions",
        folders: &["definitions", "bindings", "forecasts", "uploads"],
    },
    Kind {
        name: "Python bytecode",
        folders: &["pyc"],
    },
    Kind {
        name: "Python packages",
        folders: &["python-packages"],
    },
    Kind {
        name: "TypeScript bundles",
        folders: &["bundles", "bundles/blobs"],
    },
    Kind {
        name: "npm packages",
        folders: &["npm-packages"],
    },
    Kind {
        name: "Go modules and packages",
        folders: &["go", "go/components", "go/objects", "go/pack", "go/mod", "go/build"],
    },
    Kind {
        name: "Rust modules",
        folders: &["rust", "rust/components"],
    },
];

impl Kind {
    /// What there is of it. Locks are no entries: who deletes one lets two in.
    pub(crate) fn entries(&self, cache: &Path) -> Vec<Entry> {
        let folders: Vec<PathBuf> = self.folders.iter().flat_map(|folder| expanded(cache, folder)).collect();
        let children = folders.iter().flat_map(|folder| children(folder));
        let entries =
            children.filter(|child| !folders.contains(child) && child.extension().is_none_or(|end| end != "lock"));
        entries.filter_map(Entry::read).collect()
    }
}

fn expanded(cache: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![cache.to_owned()];
    for name in pattern.split('/') {
        found = match name {
            "*" => found.iter().flat_map(|folder| children(folder)).collect(),
            name => found.iter().map(|folder| folder.join(name)).collect(),
        };
        found.retain(|folder| folder.is_dir());
    }
    found
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}
