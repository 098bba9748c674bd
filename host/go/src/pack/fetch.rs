//! A module's files on disk: from the user's module cache, from our own, else from a proxy. What is not what `go.sum` says is
//! not used.

use super::Programs;
use super::go_mod::Version;
use super::go_sum::GoSum;
use super::http::{Fetched, get};
use super::settings::{ModuleSettings, Origin};
use super::zip_file;
use std::path::{Path, PathBuf};

/// Why a module cannot be had without Go.
const DIRECT: &str = "it is to be fetched from its repository (GOPROXY=direct, or GOPRIVATE or GONOPROXY names it), which only \
                      Go can; install Go, run `go mod vendor`, or name a proxy that has it in GOPROXY";

/// Where modules are kept.
pub(crate) struct Store<'a> {
    pub(crate) settings: &'a ModuleSettings,
    /// Our own folder of modules.
    pub(crate) folder: PathBuf,
    pub(crate) programs: &'a dyn Programs,
}

/// A module's folder, and whether it is in the user's module cache.
pub(crate) struct Stored {
    pub(crate) folder: PathBuf,
    pub(crate) of_user: bool,
}

impl Store<'_> {
    /// The module's folder, which has the checksum in `sums`. Fetches the module when it is nowhere.
    pub(crate) fn get(&self, module: &Version, sums: &GoSum) -> Result<Stored, String> {
        let name = format!("{}@{}", escaped(&module.path), escaped(&module.version));
        if let Some(folder) = self.of_user(module, &name, sums) {
            return Ok(Stored { folder, of_user: true });
        }
        let folder = self.folder.join(&name);
        let recorded = self.folder.join(format!("{name}.h1"));
        let stored = |folder| Ok(Stored { folder, of_user: false });
        if folder.is_dir()
            && let Ok(hash) = std::fs::read_to_string(&recorded)
        {
            sums.verify(module, &hash, "kept from an earlier build")?;
            return stored(folder);
        }
        let mut step = self.programs.step(&format!("fetch {}@{}", module.path, module.version));
        let done = self.fetch(module, sums, &folder, &recorded);
        if let Err(error) = &done {
            step.failed(error);
        }
        done?;
        stored(folder)
    }

    /// The folder in Go's own cache, if the archive that it was unpacked from had the right hash.
    fn of_user(&self, module: &Version, name: &str, sums: &GoSum) -> Option<PathBuf> {
        let cache = self.settings.module_cache.as_ref()?;
        let folder = cache.join(name);
        let recorded = cache
            .join("cache/download")
            .join(escaped(&module.path))
            .join(format!("@v/{}.ziphash", escaped(&module.version)));
        let hash = std::fs::read_to_string(recorded).ok()?;
        let right = folder.is_dir() && sums.verify(module, hash.trim(), "the module cache").is_ok();
        right.then_some(folder)
    }

    fn fetch(&self, module: &Version, sums: &GoSum, folder: &Path, recorded: &Path) -> Result<(), String> {
        let (bytes, from) = self.download(module)?;
        let hash = zip_file::hash(&bytes, module)?;
        sums.verify(module, &hash, &from)?;
        let told = |error: std::io::Error| error.to_string();
        let parent = folder.parent().unwrap_or(folder);
        fs_err::create_dir_all(parent).map_err(told)?;
        let staged = tempfile::Builder::new()
            .prefix(".fetching-")
            .tempdir_in(parent)
            .map_err(told)?;
        zip_file::extract(&bytes, module, staged.path())?;
        if let Err(error) = fs_err::rename(staged.path(), folder)
            && !folder.is_dir()
        {
            return Err(error.to_string());
        }
        fs_err::write(recorded, hash).map_err(told)
    }

    /// The archive, and where it came from.
    fn download(&self, module: &Version) -> Result<(Vec<u8>, String), String> {
        let named = |why: &str| format!("{}@{}: {why}", module.path, module.version);
        let mut last = named("GOPROXY list is not the empty string, but contains no entries");
        let mut asked = false;
        for source in self.settings.sources(module) {
            let address = match &source.origin {
                Origin::Off => {
                    last = named("module lookup disabled by GOPROXY=off");
                    break;
                }
                Origin::Direct if asked => {
                    last.push_str("; its repository can be asked by Go only: install Go, or run `go mod vendor`");
                    break;
                }
                Origin::Direct => {
                    last = named(DIRECT);
                    break;
                }
                Origin::Proxy(address) => address,
            };
            let address = format!(
                "{address}/{}/@v/{}.zip",
                escaped(&module.path),
                escaped(&module.version)
            );
            asked = true;
            match get(self.settings, &address, zip_file::LARGEST) {
                Ok(Fetched::Found(bytes)) => return Ok((bytes, address)),
                Ok(Fetched::Missing(why)) => last = named(&why),
                Err(why) => {
                    last = named(&why);
                    if !source.on_any_failure {
                        break;
                    }
                }
            }
        }
        Err(last)
    }
}

/// A path or version as proxies and caches spell it: capitals are `!` and the small letter, for disks that do not tell them apart.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::pack::testing::NoPrograms;
    use crate::pack::zip_file::tests::{module, zipped};

    fn archive() -> Vec<u8> {
        zipped(&[
            ("example.com/Greet@v1.2.0/go.mod", "module example.com/Greet\n"),
            ("example.com/Greet@v1.2.0/greet.go", "package greet\n"),
        ])
    }

    fn sums() -> GoSum {
        let hash = zip_file::hash(&archive(), &module()).unwrap();
        GoSum::parse(&format!("example.com/Greet v1.2.0 {hash}\n")).unwrap()
    }

    fn settings(root: &Path) -> ModuleSettings {
        let place = root.join("proxy/example.com/!greet/@v");
        fs_err::create_dir_all(&place).unwrap();
        fs_err::write(place.join("v1.2.0.zip"), archive()).unwrap();
        ModuleSettings {
            proxy: Some(format!("file://{0}/none,file://{0}/proxy", root.display())),
            ..ModuleSettings::default()
        }
    }

    fn store<'a>(root: &Path, settings: &'a ModuleSettings) -> Store<'a> {
        Store {
            settings,
            folder: root.join("mod"),
            programs: &NoPrograms,
        }
    }

    #[test]
    fn a_module_is_fetched_once() {
        let root = tempfile::tempdir().unwrap();
        let settings = settings(root.path());
        let stored = store(root.path(), &settings).get(&module(), &sums()).unwrap();
        assert!(stored.folder.join("greet.go").is_file());
        fs_err::remove_dir_all(root.path().join("proxy")).unwrap();
        assert!(store(root.path(), &settings).get(&module(), &sums()).is_ok());
        let other = GoSum::parse("example.com/Greet v1.2.0 h1:other=\n").unwrap();
        let told = store(root.path(), &settings).get(&module(), &other).err().unwrap();
        assert!(told.contains("checksum mismatch"), "{told}");
    }

    #[test]
    fn what_has_another_checksum_is_not_kept() {
        let root = tempfile::tempdir().unwrap();
        let settings = settings(root.path());
        let other = GoSum::parse("example.com/Greet v1.2.0 h1:other=\n").unwrap();
        let told = store(root.path(), &settings).get(&module(), &other).err().unwrap();
        assert!(told.contains("SECURITY ERROR"), "{told}");
        assert!(!root.path().join("mod/example.com/!greet@v1.2.0").exists());
    }

    #[test]
    fn where_it_is_not_to_be_had_is_told() {
        let root = tempfile::tempdir().unwrap();
        let told = |proxy: &str| {
            let settings = ModuleSettings {
                proxy: Some(proxy.to_owned()),
                ..ModuleSettings::default()
            };
            store(root.path(), &settings).get(&module(), &sums()).err().unwrap()
        };
        assert!(told("off").contains("disabled by GOPROXY=off"));
        assert!(told("direct").contains("install Go"));
        assert!(told("file:///none,direct").contains("does not exist"));
    }
}
