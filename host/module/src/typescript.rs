//! TypeScript modules: built from their source by the front end, and the result kept by what decided it.
//!
//! An entry names its bundle and source maps by digest, and lists the package files that went in: those lie in `node_modules`, which the
//! source's digest leaves out. Files appear by rename, so that several processes can share them; a damaged or outdated entry is a miss.

use crate::error::ModuleError;
use crate::locked::LockedModule;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_schema::{ModuleDef, core_digest};
use dockwright_typescript::{BuildOptions, Built, Dependencies};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Version of an entry's files.
const FORMAT: u32 = 1;

/// Built modules on disk.
#[derive(Clone, Debug)]
pub struct BundleCache {
    directory: PathBuf,
    bindings: u32,
}

/// A built module.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundled {
    /// What it offers.
    pub definition: ModuleDef,
    /// The bundle that the guest loads (JSON of `dockwright_typescript::Bundle`).
    pub bundle: PathBuf,
    /// Source maps of the bundle's files, by file (JSON object).
    pub maps: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    format: u32,
    inputs: Vec<Input>,
    definition: ModuleDef,
    bundle: String,
    maps: String,
}

/// A package's file as it was when it went in.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Input {
    path: Utf8PathBuf,
    size: u64,
    modified_ns: i128,
}

impl Input {
    fn of(path: Utf8PathBuf) -> Option<Input> {
        let stat = std::fs::metadata(&path).ok()?;
        Some(Input {
            path,
            size: stat.size(),
            modified_ns: i128::from(stat.mtime()) * 1_000_000_000 + i128::from(stat.mtime_nsec()),
        })
    }

    fn is_as_it_was(&self) -> bool {
        Input::of(self.path.clone()).as_ref() == Some(self)
    }
}

/// What a module offers, read from its source; for bindings of it that it is then built with.
///
/// # Errors
/// The source cannot be built.
pub fn typescript_definition(
    module: &LockedModule,
    packages: Option<&Path>,
    dependencies: Option<Dependencies<'_>>,
) -> Result<ModuleDef, ModuleError> {
    Ok(built(module, packages, dependencies)?.definition)
}

fn built(
    module: &LockedModule,
    packages: Option<&Path>,
    dependencies: Option<Dependencies<'_>>,
) -> Result<Built, ModuleError> {
    let options = BuildOptions {
        source: utf8(&module.source)?,
        module: &module.manifest.name,
        packages: packages.map(utf8).transpose()?,
        dependencies,
    };
    dockwright_typescript::build(&options).map_err(|error| ModuleError::TypeScript {
        module: module.manifest.name.clone(),
        problem: Box::new(error),
    })
}

impl BundleCache {
    /// The cache in that directory, which is made when something is first kept. `bindings` is the version of what writes the bindings of
    /// dependencies; the dependencies themselves are part of the module's digest.
    pub fn new(directory: impl Into<PathBuf>, bindings: u32) -> BundleCache {
        BundleCache {
            directory: directory.into(),
            bindings,
        }
    }

    /// The module as it was built before, if nothing that went in has changed.
    pub fn get(&self, module: &LockedModule) -> Option<Bundled> {
        let text = std::fs::read(self.entry(module)).ok()?;
        let entry: Entry = serde_json::from_slice(&text).ok()?;
        let current = entry.format == FORMAT && entry.inputs.iter().all(Input::is_as_it_was);
        let bundled = self.bundled(entry);
        (current && bundled.bundle.is_file() && bundled.maps.is_file()).then_some(bundled)
    }

    /// Builds the module and keeps the result. `packages` is a folder with a `node_modules` for a module that brings none, `dependencies` the
    /// bindings of the modules that it depends on.
    ///
    /// # Errors
    /// The source cannot be built, or the cache cannot be written.
    pub fn build(
        &self,
        module: &LockedModule,
        packages: Option<&Path>,
        dependencies: Option<Dependencies<'_>>,
    ) -> Result<Bundled, ModuleError> {
        self.put(module, built(module, packages, dependencies)?)
    }

    fn put(&self, module: &LockedModule, built: Built) -> Result<Bundled, ModuleError> {
        let entry = Entry {
            format: FORMAT,
            inputs: built.inputs.into_iter().filter_map(Input::of).collect(),
            definition: built.definition,
            bundle: self.keep(&built.bundle)?,
            maps: self.keep(&built.maps)?,
        };
        write(&self.entry(module), &to_json(&entry)?)?;
        Ok(self.bundled(entry))
    }

    /// Keeps a value under the digest of its text.
    fn keep(&self, value: &impl Serialize) -> Result<String, ModuleError> {
        let text = to_json(value)?;
        let digest = blake3::hash(&text).to_hex().to_string();
        let path = self.blob(&digest);
        if !path.is_file() {
            write(&path, &text)?;
        }
        Ok(digest)
    }

    fn bundled(&self, entry: Entry) -> Bundled {
        Bundled {
            bundle: self.blob(&entry.bundle),
            maps: self.blob(&entry.maps),
            definition: entry.definition,
        }
    }

    fn blob(&self, digest: &str) -> PathBuf {
        self.directory.join("blobs").join(digest)
    }

    fn entry(&self, module: &LockedModule) -> PathBuf {
        let mut hasher = blake3::Hasher::new();
        let front_end = format!("{} {}", dockwright_typescript::FORMAT, self.bindings);
        // The digest leaves packages out, so that equal sources in two places can differ in them.
        let place = module.source.as_os_str().as_encoded_bytes();
        for part in [
            front_end.as_bytes(),
            core_digest().as_bytes(),
            module.digest.as_bytes(),
            place,
        ] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        let name = hasher.finalize().to_hex();
        self.directory.join(name.as_str()).with_extension("json")
    }
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>, ModuleError> {
    Ok(serde_json::to_vec(value).map_err(std::io::Error::from)?)
}

fn write(path: &Path, content: &[u8]) -> Result<(), ModuleError> {
    let directory = path.parent().unwrap_or(path);
    fs_err::create_dir_all(directory)?;
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(content)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn utf8(path: &Path) -> Result<&Utf8Path, ModuleError> {
    Utf8Path::from_path(path).ok_or_else(|| ModuleError::Invalid {
        path: path.to_owned(),
        message: "the path is not valid UTF-8".to_owned(),
    })
}
