//! Built modules by what decided them. An entry names its component by digest; a damaged or outdated one is a miss.

use crate::error::GoError;
use crate::sdk;
use crate::toolchain::Toolchain;
use dockwright_schema::{ModuleDef, core_digest};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Version of an entry's files, of the bridge and of the build.
const FORMAT: u32 = 2;

/// Built modules on disk.
#[derive(Clone, Debug)]
pub struct GoCache {
    directory: PathBuf,
    /// Digest of the installation's part: the introspector and the shim.
    installed: String,
}

/// A built module.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What it offers.
    pub definition: ModuleDef,
    /// The component.
    pub component: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    toolchain: Toolchain,
    definition: ModuleDef,
    component: String,
}

impl GoCache {
    /// The cache in that directory, which is made when something is first kept. `installed` changes with the introspector
    /// and the shim.
    pub fn new(directory: impl Into<PathBuf>, installed: impl Into<String>) -> GoCache {
        GoCache {
            directory: directory.into(),
            installed: installed.into(),
        }
    }

    /// The module with that name and source digest, if it was built before with this toolchain. Without a toolchain, with whichever.
    pub fn get(&self, module: &str, digest: &str, toolchain: Option<&Toolchain>) -> Option<Kept> {
        let Some(toolchain) = toolchain else {
            return Toolchain::KINDS
                .iter()
                .find_map(|kind| self.kept(module, digest, kind, |_| true));
        };
        self.kept(module, digest, toolchain.kind(), |found| found == toolchain)
    }

    fn kept(&self, module: &str, digest: &str, kind: &str, fits: impl Fn(&Toolchain) -> bool) -> Option<Kept> {
        let text = std::fs::read(self.entry(module, digest, kind)).ok()?;
        let entry: Entry = serde_json::from_slice(&text).ok()?;
        let component = self.component(&entry.component);
        let current = fits(&entry.toolchain);
        (current && component.is_file()).then_some(Kept {
            definition: entry.definition,
            component,
        })
    }

    /// Keeps what was built. Files appear by rename, so that several processes can share them.
    ///
    /// # Errors
    /// The cache cannot be written.
    pub fn put(
        &self,
        module: &str,
        digest: &str,
        toolchain: &Toolchain,
        definition: ModuleDef,
        component: &[u8],
    ) -> Result<Kept, GoError> {
        let name = blake3::hash(component).to_hex().to_string();
        let path = self.component(&name);
        if !path.is_file() {
            write(&path, component)?;
        }
        let entry = Entry {
            toolchain: toolchain.clone(),
            definition,
            component: name,
        };
        let text = serde_json::to_vec(&entry).map_err(std::io::Error::from)?;
        write(&self.entry(module, digest, toolchain.kind()), &text)?;
        Ok(Kept {
            definition: entry.definition,
            component: path,
        })
    }

    fn component(&self, digest: &str) -> PathBuf {
        self.directory.join("components").join(format!("{digest}.wasm"))
    }

    fn entry(&self, module: &str, digest: &str, kind: &str) -> PathBuf {
        let mut hasher = blake3::Hasher::new();
        for part in [
            &FORMAT.to_string(),
            &self.installed,
            &core_digest(),
            module,
            digest,
            kind,
        ] {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part.as_bytes());
        }
        sdk::digest(&mut hasher);
        self.directory
            .join(hasher.finalize().to_hex().as_str())
            .with_extension("json")
    }
}

fn write(path: &Path, content: &[u8]) -> Result<(), GoError> {
    let directory = path.parent().unwrap_or(path);
    fs_err::create_dir_all(directory)?;
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(content)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
