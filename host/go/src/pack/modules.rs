//! Packages of other modules: which module has a package, and where its files are.

use super::Programs;
use super::fetch::{Store, escaped};
use super::go_mod::{GoMod, Replacement, Version};
use super::go_sum::GoSum;
use super::host::Folder;
use super::resolve::{Located, below};
use super::settings::ModuleSettings;
use super::vendor::Vendor;
use crate::error::GoError;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The modules that `go.mod` names.
pub(crate) struct Modules<'a> {
    go_mod: &'a GoMod,
    sums: GoSum,
    vendor: Option<Vendor>,
    store: Store<'a>,
    /// The module's folder in the build, and where the user has it.
    source: PathBuf,
    written: PathBuf,
    /// The folder that the module's source may reach.
    context: PathBuf,
    roots: RefCell<HashMap<Version, Result<Root, String>>>,
    replaced: RefCell<Vec<Folder>>,
}

/// Where a module's files are.
#[derive(Clone, Debug)]
struct Root {
    folder: PathBuf,
    guest: String,
    /// How it is told.
    shown: String,
    language: String,
}

/// What [`Modules::new`] needs.
pub(crate) struct ModulesOptions<'a> {
    pub(crate) go_mod: &'a GoMod,
    pub(crate) settings: &'a ModuleSettings,
    pub(crate) programs: &'a dyn Programs,
    pub(crate) source: PathBuf,
    pub(crate) written: PathBuf,
    pub(crate) context: PathBuf,
    pub(crate) cache: PathBuf,
}

impl<'a> Modules<'a> {
    pub(crate) fn new(options: ModulesOptions<'a>) -> Result<Modules<'a>, GoError> {
        let told = |error: String| GoError::Compile(format!("go: {error}"));
        let sums = match std::fs::read_to_string(options.source.join("go.sum")) {
            Ok(text) => GoSum::parse(&text).map_err(told)?,
            Err(_) => GoSum::default(),
        };
        let vendor = match options.settings.mode() {
            Some("mod" | "readonly") => None,
            _ => Vendor::read(&options.source).map_err(told)?,
        };
        if let Some(vendor) = &vendor {
            vendor.check(options.go_mod).map_err(told)?;
        } else if options.settings.mode() == Some("vendor") {
            return Err(told("inconsistent vendoring: there is no vendor/modules.txt\n\tTo sync the vendor directory, run:\n\t\tgo mod vendor".to_owned()));
        }
        Ok(Modules {
            go_mod: options.go_mod,
            sums,
            vendor,
            store: Store {
                settings: options.settings,
                folder: options.cache.join("mod"),
                programs: options.programs,
            },
            source: options.source,
            written: options.written,
            context: options.context,
            roots: RefCell::default(),
            replaced: RefCell::default(),
        })
    }

    /// Where the package is that `importer` imports. The error is Go's.
    pub(crate) fn locate(&self, import: &str, importer: &str) -> Result<Located, String> {
        if let Some(vendor) = &self.vendor {
            return self.vendored(vendor, import);
        }
        let mut candidates: Vec<&Version> = self
            .go_mod
            .requires
            .iter()
            .filter(|module| below(import, &module.path).is_some())
            .collect();
        candidates.sort_by_key(|module| std::cmp::Reverse(module.path.len()));
        for module in candidates {
            let root = self.root(module, import, importer)?;
            let relative = below(import, &module.path).unwrap_or_default();
            let folder = root.folder.join(relative.trim_start_matches('/'));
            if has_go(&folder) {
                return Ok(Located {
                    path: import.to_owned(),
                    folder,
                    guest: format!("{}{relative}", root.guest),
                    shown: format!("{}{relative}", root.shown),
                    framed: format!("{}{relative}", root.shown),
                    language: root.language,
                });
            }
        }
        let first = import.split('/').next().unwrap_or_default();
        if first.contains('.') {
            Err(format!(
                "no required module provides package {import}; to add it:\n\tgo get {import}"
            ))
        } else {
            Err(format!("package {import} is not in std"))
        }
    }

    /// Folders that programs must see besides the module's own.
    pub(crate) fn folders(&self) -> Vec<Folder> {
        let mut folders = self.replaced.borrow().clone();
        let caches = [
            (Some(self.store.folder.clone()), "/mod"),
            (self.store.settings.module_cache.clone(), "/gomodcache"),
        ];
        for (host, guest) in caches {
            if let Some(host) = host.filter(|host| host.is_dir()) {
                folders.push(Folder {
                    host,
                    guest: guest.to_owned(),
                    writable: false,
                });
            }
        }
        folders
    }

    fn vendored(&self, vendor: &Vendor, import: &str) -> Result<Located, String> {
        let module = vendor.of(import).ok_or_else(|| {
            format!("cannot find module providing package {import}: import lookup disabled by -mod=vendor")
        })?;
        let relative = below(import, &module.module.path).unwrap_or_default();
        Ok(Located {
            path: import.to_owned(),
            folder: self.source.join("vendor").join(import),
            guest: format!("/src/vendor/{import}"),
            shown: format!("vendor/{import}"),
            framed: format!("{}{relative}", module.framed(self.go_mod)),
            language: module.language(),
        })
    }

    fn root(&self, module: &Version, import: &str, importer: &str) -> Result<Root, String> {
        if let Some(root) = self.roots.borrow().get(module) {
            return root.clone();
        }
        let root = match self.go_mod.replacement(module) {
            Some(Replacement::Folder(folder)) => self.folder(module, folder),
            Some(Replacement::Module(by)) => self.fetched(by, import, importer),
            None => self.fetched(module, import, importer),
        };
        self.roots.borrow_mut().insert(module.clone(), root.clone());
        root
    }

    fn fetched(&self, module: &Version, import: &str, importer: &str) -> Result<Root, String> {
        if !self.sums.has(module) {
            return Err(format!(
                "missing go.sum entry for module providing package {import} (imported by {importer}); to add:\n\tgo get {importer}"
            ));
        }
        let stored = self.store.get(module, &self.sums)?;
        let base = if stored.of_user { "/gomodcache" } else { "/mod" };
        Ok(Root {
            guest: format!("{base}/{}@{}", escaped(&module.path), escaped(&module.version)),
            shown: format!("{}@{}", module.path, module.version),
            language: language(&stored.folder)?,
            folder: stored.folder,
        })
    }

    fn folder(&self, module: &Version, folder: &str) -> Result<Root, String> {
        let named = |why: &str| format!("{}@{} (replaced by {folder}): {why}", module.path, module.version);
        let path = fs_err::canonicalize(self.written.join(folder)).map_err(|error| named(&error.to_string()))?;
        let context = fs_err::canonicalize(&self.context).map_err(|error| named(&error.to_string()))?;
        if !path.starts_with(&context) {
            return Err(named(&format!(
                "it lies outside of {}, which is all that the module may read",
                context.display()
            )));
        }
        let mut replaced = self.replaced.borrow_mut();
        let guest = format!("/replaced/{}", replaced.len());
        replaced.push(Folder {
            host: path.clone(),
            guest: guest.clone(),
            writable: false,
        });
        Ok(Root {
            guest,
            shown: folder.to_owned(),
            language: language(&path)?,
            folder: path,
        })
    }
}

fn language(folder: &Path) -> Result<String, String> {
    match std::fs::read_to_string(folder.join("go.mod")) {
        Ok(text) => {
            // Only its `go` line counts here, and what other modules write elsewhere must not stop this build.
            let line = text.lines().find(|line| line.trim_start().starts_with("go "));
            GoMod::parse(line.unwrap_or_default()).map(|found| found.language())
        }
        Err(_) => Ok(GoMod::default().language()),
    }
}

fn has_go(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries
        .filter_map(Result::ok)
        .any(|entry| entry.file_name().to_string_lossy().ends_with(".go"))
}
