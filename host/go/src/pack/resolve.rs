//! From an import path to where the package's files are.

use super::go_mod::GoMod;
use super::manifest::{CLIENT_MODULE, Manifest};
use super::modules::Modules;
use std::path::PathBuf;

/// Where an import leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A package that the pack has compiled, by its path there: the standard library, or the client.
    Packed(String),
    /// A package that is compiled, by its path.
    Compiled(String),
}

/// A package that is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// Its import path.
    pub(crate) path: String,
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// That folder, as the programs see it.
    pub(crate) guest: String,
    /// How the paths of its files are told: `internal/x` in the module itself, `github.com/a/b@v1.2.3/c` in another.
    pub(crate) shown: String,
    /// How the paths of its files stand in frames.
    pub(crate) framed: String,
    /// Its language, `go1.24`.
    pub(crate) language: String,
}

/// The packages that a build can reach.
pub(crate) struct Resolver<'a> {
    pub(crate) manifest: &'a Manifest,
    pub(crate) go_mod: &'a GoMod,
    /// The module's folder, as the programs see it at `/src`.
    pub(crate) source: PathBuf,
    /// Import path of the client in this module.
    pub(crate) client: String,
    /// Whether the client is the one that the pack has.
    pub(crate) packed_client: bool,
    pub(crate) modules: Modules<'a>,
}

impl Resolver<'_> {
    /// Package main.
    pub(crate) fn main(&self) -> Located {
        self.own(self.go_mod.module.clone(), "")
    }

    /// Where `import` of the package `importer` leads, and the package's place when it has to be compiled.
    ///
    /// The error is Go's, without the place of the import.
    pub(crate) fn resolve(&self, import: &str, importer: &str) -> Result<(Target, Option<Located>), String> {
        if import == "unsafe" || self.manifest.is_standard(import) {
            return match internal_root(import) {
                Some(_) => Err(format!("use of internal package {import} not allowed")),
                None if import.starts_with("vendor/") => {
                    Err(format!("{import} is a package of the standard library itself"))
                }
                None => Ok((Target::Packed(import.to_owned()), None)),
            };
        }
        if let Some(root) = internal_root(import)
            && !is_below(importer, root)
        {
            return Err(format!("use of internal package {import} not allowed"));
        }
        if self.packed_client
            && let Some(rest) = below(import, &self.client)
        {
            let packed = format!("{CLIENT_MODULE}/internal/dagger{rest}");
            if self.manifest.client.contains(&packed) {
                return Ok((Target::Packed(packed), None));
            }
            return Err(format!("package {import} is not in the client of this dockwright"));
        }
        let located = match below(import, &self.go_mod.module) {
            Some(rest) => self.own(import.to_owned(), rest.trim_start_matches('/')),
            None => self.modules.locate(import, importer)?,
        };
        Ok((Target::Compiled(import.to_owned()), Some(located)))
    }

    fn own(&self, path: String, relative: &str) -> Located {
        let separator = if relative.is_empty() { "" } else { "/" };
        Located {
            path,
            folder: self.source.join(relative),
            guest: format!("/src{separator}{relative}"),
            shown: relative.to_owned(),
            framed: format!("{CLIENT_MODULE}{separator}{relative}"),
            language: self.go_mod.language(),
        }
    }
}

/// What follows `root` in the path: nothing, or `/x`.
pub(crate) fn below<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    path.strip_prefix(root)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_below(path: &str, root: &str) -> bool {
    root.is_empty() || below(path, root).is_some()
}

/// The path below which an internal package may be imported.
fn internal_root(path: &str) -> Option<&str> {
    let end = if path == "internal" || path.starts_with("internal/") {
        0
    } else if let Some(at) = path.rfind("/internal/") {
        at
    } else {
        path.strip_suffix("/internal")?.len()
    };
    path.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_packages_belong_to_what_is_above_them() {
        assert_eq!(internal_root("a/internal/b"), Some("a"));
        assert_eq!(internal_root("a/internal"), Some("a"));
        assert_eq!(internal_root("internal/abi"), Some(""));
        assert_eq!(internal_root("a/internals/b"), None);
        assert!(is_below("a/c", "a"));
        assert!(!is_below("ab", "a"));
    }
}
