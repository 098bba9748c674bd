//! From a specifier to the file it leads to, as bundlers and Node.js find it, but never outside the source root.

use crate::error::BuildError;
use crate::graph::fence::Fence;
use crate::graph::unavailable;
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{
    ModuleType, Resolution, ResolveError, ResolveOptions, ResolverGeneric, TsconfigDiscovery, TsconfigOptions,
    TsconfigReferences,
};
use std::cell::OnceCell;

/// The one specifier that the guest itself gives.
pub(crate) const SDK: &str = "@dagger.io/dagger";

/// How a file asks for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// `import` and re-exports.
    Import,
    /// `require()`.
    Require,
}

/// What a specifier leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The SDK in the guest.
    Sdk,
    /// A file of the module or of its packages.
    File {
        /// Its id.
        id: String,
        /// What it holds.
        kind: FileKind,
    },
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// TypeScript, an ES module.
    TypeScript,
    /// JavaScript, an ES module.
    Esm,
    /// JavaScript, CommonJS.
    Cjs,
    /// JavaScript; its syntax decides.
    JavaScript,
    /// Data.
    Json,
}

/// Why a specifier leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unresolved {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Unresolved {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Unresolved {
        Unresolved {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

type Inner = ResolverGeneric<Fence>;

/// Resolves the imports of one module.
pub(crate) struct Resolver {
    fence: Fence,
    own: Inner,
    package: OnceCell<Inner>,
    require: OnceCell<Inner>,
    mapped: OnceCell<Option<Inner>>,
}

impl Resolver {
    pub(crate) fn new(fence: Fence) -> Resolver {
        let own = Inner::new_with_file_system(fence.clone(), options(IMPORT, true));
        Resolver {
            fence,
            own,
            package: OnceCell::new(),
            require: OnceCell::new(),
            mapped: OnceCell::new(),
        }
    }

    /// Resolves a specifier of the file with the id.
    ///
    /// # Errors
    /// `Ok(Err(_))` when it leads nowhere; `Err` when the file system fails.
    pub(crate) fn resolve(
        &self,
        importer: &str,
        specifier: &str,
        request: Request,
    ) -> Result<Result<Target, Unresolved>, BuildError> {
        if specifier == SDK {
            return Ok(Ok(Target::Sdk));
        }
        let directory = self.fence.root().join(importer);
        let directory = directory.parent().unwrap_or(self.fence.root());
        let relative = specifier.starts_with('.');
        let reserved = specifier.starts_with("node:") || specifier.starts_with("@dagger.io/dagger/");
        if reserved && let Some((message, help)) = unavailable::explain(specifier) {
            return Ok(Err(Unresolved::new(message, help)));
        }
        let from_package = importer.split('/').any(|part| part == "node_modules");
        let first = match (request, from_package) {
            (Request::Require, _) => self.require(),
            (Request::Import, true) => self.package(),
            (Request::Import, false) => &self.own,
        };
        let mut found = first.resolve(directory, specifier);
        if found.is_err() && request == Request::Import && !relative {
            found = self.require().resolve(directory, specifier).or(found);
        }
        let may_be_mapped = found.is_err() && !from_package && !relative;
        if may_be_mapped && let Some(mapped) = self.mapped() {
            found = mapped.resolve(directory, specifier).or(found);
        }
        match found {
            Ok(resolution) => self.target(&resolution, specifier),
            Err(error) => Ok(Err(self.explain(directory, specifier, &error))),
        }
    }

    fn package(&self) -> &Inner {
        let options = || options(IMPORT, false);
        self.package.get_or_init(|| self.own.clone_with_options(options()))
    }

    fn require(&self) -> &Inner {
        let mut options = options(REQUIRE, false);
        options.main_fields = vec!["main".to_owned()];
        self.require.get_or_init(|| self.own.clone_with_options(options))
    }

    /// With the `paths` of the module's `tsconfig.json`.
    fn mapped(&self) -> Option<&Inner> {
        let make = || {
            let config_file = self.fence.root().join("tsconfig.json");
            config_file.is_file().then(|| {
                let mut options = options(IMPORT, true);
                options.tsconfig = Some(TsconfigDiscovery::Manual(TsconfigOptions {
                    config_file: config_file.into_std_path_buf(),
                    references: TsconfigReferences::Disabled,
                }));
                self.own.clone_with_options(options)
            })
        };
        self.mapped.get_or_init(make).as_ref()
    }

    fn target(&self, resolution: &Resolution, specifier: &str) -> Result<Result<Target, Unresolved>, BuildError> {
        let Some(path) = Utf8Path::from_path(resolution.path()) else {
            return Err(BuildError::NotUtf8 {
                path: resolution.path().display().to_string(),
            });
        };
        let id = self.fence.id(path)?;
        let kind = match path.extension().unwrap_or_default() {
            "ts" | "mts" | "cts" => FileKind::TypeScript,
            "mjs" => FileKind::Esm,
            "cjs" => FileKind::Cjs,
            "json" => FileKind::Json,
            "js" => match resolution.module_type() {
                Some(ModuleType::Module) => FileKind::Esm,
                _ => FileKind::JavaScript,
            },
            "node" => {
                let message = format!("`{specifier}` is native code for Node.js ({id}), which the sandbox cannot run");
                let help = "use a package of pure JavaScript, or run the program in a container";
                return Ok(Err(Unresolved::new(message, help)));
            }
            _ => {
                let message = format!("`{specifier}` leads to {id}: a module imports TypeScript, JavaScript and JSON");
                return Ok(Err(Unresolved::new(
                    message,
                    "keep other data in a JSON file, or take it as a File argument",
                )));
            }
        };
        Ok(Ok(Target::File { id, kind }))
    }

    fn explain(&self, directory: &Utf8Path, specifier: &str, error: &ResolveError) -> Unresolved {
        if let Some(target) = self.leads_out(directory, specifier) {
            let root = self.fence.root();
            let message = format!("`{specifier}` leads to {target}, outside the module's source root {root}");
            return Unresolved::new(message, "nothing outside the module is read: copy it into the module");
        }
        if let Some((message, help)) = unavailable::explain(specifier) {
            return Unresolved::new(message, help);
        }
        let root = format!("{}/", self.fence.root());
        match error {
            ResolveError::NotFound(_) | ResolveError::ExtensionAlias(..) if specifier.starts_with('.') => Unresolved {
                message: format!("cannot find the file `{specifier}`"),
                help: None,
            },
            ResolveError::NotFound(_) => Unresolved::new(
                format!("cannot find the package `{specifier}`"),
                format!(
                    "install it in the module's folder (`npm install {}`); packages of pure JavaScript work",
                    package_name(specifier)
                ),
            ),
            other => Unresolved {
                message: format!("cannot resolve `{specifier}`: {}", other.to_string().replace(&root, "")),
                help: None,
            },
        }
    }

    /// Where the specifier leads, when that is outside the root. Reads names and links only.
    fn leads_out(&self, directory: &Utf8Path, specifier: &str) -> Option<Utf8PathBuf> {
        let root = self.fence.root();
        if specifier.starts_with('/') {
            return Some(specifier.into());
        }
        if specifier.starts_with('.') {
            let path = normalised(&directory.join(specifier));
            if !path.starts_with(root) {
                return Some(path);
            }
            return self.link_out(&path);
        }
        let above = directory.ancestors().take_while(|folder| folder.starts_with(root));
        above
            .map(|folder| folder.join("node_modules").join(package_name(specifier)))
            .find_map(|path| self.link_out(&path))
    }

    /// Where the path really is when it, with one of the usual endings, or a folder on the way to it, is outside.
    fn link_out(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let mut candidates = vec![path.to_owned()];
        let stem = path.as_str().strip_suffix(".js").unwrap_or(path.as_str());
        candidates.extend(
            EXTENSIONS
                .iter()
                .map(|extension| Utf8PathBuf::from(format!("{stem}{extension}"))),
        );
        candidates.extend(path.ancestors().skip(1).map(Utf8Path::to_owned));
        candidates
            .iter()
            .filter(|candidate| candidate.starts_with(self.fence.root()))
            .filter_map(|candidate| candidate.canonicalize_utf8().ok())
            .find(|real| !real.starts_with(self.fence.root()))
    }
}

/// Conditions of `exports` in a `package.json` that hold. The sandbox has the web's globals and none of Node.js's modules,
/// as a browser's worker.
const IMPORT: &[&str] = &["import", "worker", "browser", "module", "default"];
const REQUIRE: &[&str] = &["require", "worker", "browser", "module", "default"];

const EXTENSIONS: &[&str] = &[".ts", ".mts", ".js", ".mjs", ".cjs", ".json"];

fn options(conditions: &[&str], typescript_first: bool) -> ResolveOptions {
    let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<String>>();
    let alias = |from: &str, to: &[&str; 2]| {
        let mut targets = texts(to);
        if !typescript_first {
            targets.reverse();
        }
        (from.to_owned(), targets)
    };
    ResolveOptions {
        condition_names: texts(conditions),
        extensions: texts(EXTENSIONS),
        extension_alias: vec![
            alias(".js", &[".ts", ".js"]),
            alias(".mjs", &[".mts", ".mjs"]),
            alias(".cjs", &[".cts", ".cjs"]),
        ],
        main_fields: texts(&["module", "main"]),
        symlinks: false,
        node_path: false,
        module_type: true,
        ..ResolveOptions::default()
    }
}

/// `@scope/name/sub/path` → `@scope/name`.
fn package_name(specifier: &str) -> &str {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    match specifier.match_indices('/').nth(parts - 1) {
        Some((end, _)) => specifier.get(..end).unwrap_or(specifier),
        None => specifier,
    }
}

fn normalised(path: &Utf8Path) -> Utf8PathBuf {
    let mut result = Utf8PathBuf::new();
    for part in path.components() {
        match part.as_str() {
            "." => {}
            ".." => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}
