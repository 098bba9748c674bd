//! Compiles packages, one after what it imports, as many at a time as there are processors.

use super::Programs;
use super::assembly;
use super::embed::{self, EmbedConfig};
use super::graph::Package;
use super::host::{Folder, Run};
use super::manifest::Manifest;
use super::objects::{Key, Objects, file};
use super::resolve::Target;
use crate::error::GoError;
use crate::toolchain::told;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What compiling needs.
pub(crate) struct Compiler<'a> {
    pub(crate) manifest: &'a Manifest,
    /// Changes with the pack.
    pub(crate) toolchain: String,
    /// The unpacked pack.
    pub(crate) pack: PathBuf,
    pub(crate) objects: Objects,
    /// Where programs write.
    pub(crate) work: PathBuf,
    /// Folders with sources.
    pub(crate) sources: Vec<Folder>,
    pub(crate) programs: &'a dyn Programs,
}

impl Compiler<'_> {
    /// Compiles what was not compiled before. Gives the keys of the packages by import path.
    pub(crate) fn compile(&self, packages: &[Package]) -> Result<HashMap<String, String>, GoError> {
        let mut keys = HashMap::new();
        let mut rest: Vec<&Package> = packages.iter().collect();
        while !rest.is_empty() {
            let ready = |package: &&Package| {
                package.imports.values().all(|target| match target {
                    Target::Packed(_) => true,
                    Target::Compiled(path) => keys.contains_key(path),
                })
            };
            let (wave, later): (Vec<&Package>, Vec<&Package>) = rest.into_iter().partition(ready);
            if wave.is_empty() {
                return Err(GoError::Compile("import cycle not allowed".to_owned()));
            }
            let made = self.wave(&wave, &keys)?;
            keys.extend(made);
            rest = later;
        }
        Ok(keys)
    }

    /// Packages that do not import each other. The first failure in their order is told.
    fn wave(&self, wave: &[&Package], keys: &HashMap<String, String>) -> Result<Vec<(String, String)>, GoError> {
        let workers = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(wave.len());
        let next = AtomicUsize::new(0);
        let work = || {
            let mut made = Vec::new();
            while let Some(package) = wave.get(next.fetch_add(1, Ordering::Relaxed)) {
                made.push((package.at.path.clone(), self.package(package, keys)));
            }
            made
        };
        let mut made = if workers < 2 {
            work()
        } else {
            std::thread::scope(|scope| {
                let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
                threads
                    .into_iter()
                    .flat_map(|thread| thread.join().unwrap_or_default())
                    .collect()
            })
        };
        if made.len() < wave.len() {
            return Err(GoError::Pack("a thread that compiles has crashed".to_owned()));
        }
        made.sort_by(|a, b| a.0.cmp(&b.0));
        made.into_iter().map(|(path, key)| Ok((path, key?))).collect()
    }

    fn package(&self, package: &Package, keys: &HashMap<String, String>) -> Result<String, GoError> {
        let at = &package.at;
        let embeds =
            embed::find(&package.listing.embeds, &at.folder, &at.guest, &at.shown).map_err(GoError::Compile)?;
        let key = self.key(package, &embeds, keys)?;
        if self.objects.has(&key) {
            return Ok(key);
        }
        let short: String = key.chars().take(16).collect();
        let output = self.work.join(&short);
        fs_err::create_dir_all(&output)?;
        let out = format!("/out/{short}");
        fs_err::write(output.join("importcfg"), self.import_config(package, keys))?;
        let mut arguments = vec![
            "-o".to_owned(),
            format!("{out}/package.a"),
            "-trimpath".to_owned(),
            format!("{}=>{}", at.guest, at.framed),
            "-p".to_owned(),
            compiled_path(package),
            format!("-lang={}", at.language),
            "-nolocalimports".to_owned(),
            "-importcfg".to_owned(),
            format!("{out}/importcfg"),
            "-pack".to_owned(),
            "-c=1".to_owned(),
        ];
        if !embeds.patterns.is_empty() {
            let text = serde_json::to_vec(&embeds).map_err(std::io::Error::from)?;
            fs_err::write(output.join("embedcfg"), text)?;
            arguments.extend(["-embedcfg".to_owned(), format!("{out}/embedcfg")]);
        }
        if package.listing.assembly.is_empty() {
            arguments.push("-complete".to_owned());
        } else {
            assembly::declare(self, package, &output, &out)?;
            let symbols = format!("{out}/symabis");
            arguments.extend([
                "-symabis".to_owned(),
                symbols,
                "-asmhdr".to_owned(),
                format!("{out}/go_asm.h"),
            ]);
        }
        arguments.extend(package.listing.files.iter().map(|name| format!("{}/{name}", at.guest)));
        self.run("go-compile", arguments, package)?;
        let archive = output.join("package.a");
        assembly::assemble(self, package, &output, &out, &archive)?;
        self.objects.keep(&key, &archive)?;
        Ok(key)
    }

    /// Runs a program of the pack on a package; what it complains of has the user's paths.
    pub(crate) fn run(&self, program: &'static str, arguments: Vec<String>, package: &Package) -> Result<(), GoError> {
        let ended = self
            .programs
            .run(self.command(program, arguments))
            .map_err(GoError::Pack)?;
        if ended.status == 0 {
            return Ok(());
        }
        let at = &package.at;
        let shown = if at.shown.is_empty() {
            String::new()
        } else {
            format!("{}/", at.shown)
        };
        let output = ended.output.replace(&format!("{}/", at.guest), &shown);
        Err(GoError::Compile(told(&output, Path::new("/src"))))
    }

    /// How a program of the pack is run.
    pub(crate) fn command(&self, program: &'static str, arguments: Vec<String>) -> Run {
        let read = |host: &Path, guest: &str| Folder {
            host: host.to_owned(),
            guest: guest.to_owned(),
            writable: false,
        };
        let mut folders = vec![read(&self.pack, "/pack"), read(self.objects.folder(), "/objects")];
        folders.extend(self.sources.iter().cloned());
        folders.push(Folder {
            host: self.work.clone(),
            guest: "/out".to_owned(),
            writable: true,
        });
        let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Run {
            program,
            arguments,
            environment: vec![
                set("GOOS", "wasip1"),
                set("GOARCH", "wasm"),
                set("GOROOT", "/pack"),
                set("PWD", "/out"),
                // Memory is there to be used: a run is short, and collecting early costs a third of it.
                set("GOGC", "off"),
                set("GOMEMLIMIT", "1GiB"),
            ],
            folders,
        }
    }

    /// Lines of the compiler's and the linker's import configuration for what the pack has.
    pub(crate) fn packed(&self, path: &str) -> String {
        let folder = if self.manifest.is_standard(path) {
            "std"
        } else {
            "client"
        };
        format!("packagefile {path}=/pack/{folder}/{path}.a\n")
    }

    fn import_config(&self, package: &Package, keys: &HashMap<String, String>) -> String {
        let mut config = String::new();
        for (written, target) in &package.imports {
            match target {
                Target::Packed(path) if path == "unsafe" => {}
                Target::Packed(path) => {
                    if path != written {
                        config.push_str(&format!("importmap {written}={path}\n"));
                    }
                    config.push_str(&self.packed(path));
                }
                Target::Compiled(path) => {
                    let key = keys.get(path).map(String::as_str).unwrap_or_default();
                    config.push_str(&format!("packagefile {path}=/objects/{}\n", file(key)));
                }
            }
        }
        config
    }

    fn key(&self, package: &Package, embeds: &EmbedConfig, keys: &HashMap<String, String>) -> Result<String, GoError> {
        let at = &package.at;
        let mut key = Key::new(&self.toolchain);
        for part in [&compiled_path(package), &at.framed, &at.language] {
            key.add(part.as_bytes());
        }
        for name in package.listing.files.iter().chain(&package.listing.assembly) {
            key.add(name.as_bytes()).add(&fs_err::read(at.folder.join(name))?);
        }
        if !package.listing.assembly.is_empty() {
            for (name, text) in assembly::headers(&at.folder)? {
                key.add(name.as_bytes()).add(&text);
            }
        }
        for name in embeds.files.keys() {
            key.add(name.as_bytes()).add(&fs_err::read(at.folder.join(name))?);
        }
        let patterns: BTreeMap<_, _> = embeds.patterns.iter().collect();
        key.add(&serde_json::to_vec(&patterns).map_err(std::io::Error::from)?);
        for (written, target) in &package.imports {
            key.add(written.as_bytes());
            match target {
                Target::Packed(path) => key.add(b"packed").add(path.as_bytes()),
                Target::Compiled(path) => key
                    .add(b"compiled")
                    .add(keys.get(path).map_or(b"", |key| key.as_bytes())),
            };
        }
        Ok(key.finish())
    }
}

/// The package's path as the compiler is told it.
pub(crate) fn compiled_path(package: &Package) -> String {
    if package.listing.name == "main" {
        "main".to_owned()
    } else {
        package.at.path.clone()
    }
}
