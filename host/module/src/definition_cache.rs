//! What modules offer, remembered by what decides it: the runtime, the source, the core API. A damaged or foreign entry is a miss.

use dockwright_schema::ModuleDef;
use dockwright_schema::module_def::FORMAT;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Definitions on disk.
#[derive(Clone, Debug)]
pub struct DefinitionCache {
    directory: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    format: u32,
    definition: ModuleDef,
}

impl DefinitionCache {
    /// The cache in that directory, which is made when something is first kept.
    pub fn new(directory: impl Into<PathBuf>) -> DefinitionCache {
        DefinitionCache {
            directory: directory.into(),
        }
    }

    /// Name of the entry for a module.
    pub fn key(runtime_digest: &str, source_digest: &str, core_digest: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [runtime_digest, source_digest, core_digest] {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The definition, if it is there.
    pub fn get(&self, key: &str) -> Option<ModuleDef> {
        let text = std::fs::read(self.path(key)).ok()?;
        let entry: Entry = serde_json::from_slice(&text).ok()?;
        (entry.format == FORMAT).then_some(entry.definition)
    }

    /// Keeps the definition. Written beside and renamed, so that another process sees all of it or nothing.
    pub fn put(&self, key: &str, definition: &ModuleDef) -> std::io::Result<()> {
        fs_err::create_dir_all(&self.directory)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.directory)?;
        file.write_all(&serde_json::to_vec(&Entry {
            format: FORMAT,
            definition: definition.clone(),
        })?)?;
        file.persist(self.path(key)).map_err(|error| error.error)?;
        Ok(())
    }

    fn path(&self, key: &str) -> PathBuf {
        self.directory.join(Path::new(key)).with_extension("json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_and_damaged_ones_do_not() {
        let directory = tempfile::tempdir().unwrap();
        let cache = DefinitionCache::new(directory.path().join("definitions"));
        let key = DefinitionCache::key("runtime", "source", "core");
        assert_ne!(key, DefinitionCache::key("runtimes", "ource", "core"));
        assert_eq!(cache.get(&key), None);
        let definition = ModuleDef {
            main_object: "Ci".into(),
            ..ModuleDef::default()
        };
        cache.put(&key, &definition).unwrap();
        assert_eq!(cache.get(&key), Some(definition));
        std::fs::write(cache.path(&key), "{").unwrap();
        assert_eq!(cache.get(&key), None);
    }
}
