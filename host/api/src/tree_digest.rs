//! Digests of what a tree holds. They say the same on every engine and in every run; times are no part of them.

use crate::error::ApiError;
use dockwright_engine::llb::Output;
use dockwright_engine::{Engine, FileKind, ReadTree, TreeEntry};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Digest of names, kinds, permissions, owners, links and contents of everything in a tree, as `sha256:…`.
pub(crate) async fn of_tree(engine: &Engine, tree: &Output) -> Result<String, ApiError> {
    let parts = read(engine, tree).await?;
    let mut hasher = Sha256::new();
    for (path, part) in &parts {
        update(&mut hasher, path.as_bytes());
        part.metadata(&mut hasher);
        update(&mut hasher, &part.content());
    }
    Ok(shown(hasher))
}

/// Digest of the one file in a tree: of its content alone (what `sha256sum` says), or of permissions and owner too.
pub(crate) async fn of_file(engine: &Engine, tree: &Output, content_only: bool) -> Result<String, ApiError> {
    let parts = read(engine, tree).await?;
    let part = parts
        .values()
        .find(|part| part.entry.stat.kind == FileKind::File)
        .ok_or_else(|| ApiError::other("there is no file to take the digest of"))?;
    if content_only {
        return Ok(format!("sha256:{}", hex::encode(part.content())));
    }
    let mut hasher = Sha256::new();
    part.metadata(&mut hasher);
    update(&mut hasher, &part.content());
    Ok(shown(hasher))
}

async fn read(engine: &Engine, tree: &Output) -> Result<BTreeMap<String, Part>, ApiError> {
    if tree.is_scratch() {
        return Ok(BTreeMap::new());
    }
    let reader = Arc::new(Reader::default());
    engine.read_tree(tree, reader.clone()).await?;
    Ok(std::mem::take(
        &mut *reader.0.lock().unwrap_or_else(PoisonError::into_inner),
    ))
}

struct Part {
    entry: TreeEntry,
    hasher: Sha256,
}

impl Part {
    fn content(&self) -> Vec<u8> {
        self.hasher.clone().finalize().to_vec()
    }

    fn metadata(&self, hasher: &mut Sha256) {
        let stat = &self.entry.stat;
        update(
            hasher,
            format!("{:?} {:o} {} {}", stat.kind, stat.mode, stat.uid, stat.gid).as_bytes(),
        );
        update(hasher, stat.link.as_deref().unwrap_or_default().as_bytes());
    }
}

#[derive(Default)]
struct Reader(Mutex<BTreeMap<String, Part>>);

impl ReadTree for Reader {
    fn wants(&self, entry: &TreeEntry) -> bool {
        let part = Part {
            entry: entry.clone(),
            hasher: Sha256::new(),
        };
        let mut parts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        parts.insert(entry.path.clone(), part);
        true
    }

    fn data(&self, entry: &TreeEntry, data: &[u8]) {
        let mut parts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = parts.get_mut(&entry.path) {
            part.hasher.update(data);
        }
    }

    fn end(&self, _: &TreeEntry) {}
}

/// Each part with its length: two lists of parts are never the same bytes.
fn update(hasher: &mut Sha256, part: &[u8]) {
    hasher.update((part.len() as u64).to_le_bytes());
    hasher.update(part);
}

fn shown(hasher: Sha256) -> String {
    format!("sha256:{}", hex::encode(hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let digest = |parts: [&str; 2]| {
            let mut hasher = Sha256::new();
            parts.iter().for_each(|part| update(&mut hasher, part.as_bytes()));
            shown(hasher)
        };
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
        assert_eq!(digest(["ab", "c"]), digest(["ab", "c"]));
    }
}
