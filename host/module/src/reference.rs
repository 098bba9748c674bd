//! References to modules: a path, a git repository, a registry. This file reads the text; nothing here touches a network.
//!
//! A path starts with `/` or `.`, has no dot at all, or names a directory that exists. Everything else is git, unless it begins with `oci://`.

use crate::git_reference::GitRef;
use std::path::{Path, PathBuf};

/// Where a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleRef {
    /// A directory on this machine, as it was written.
    Local(PathBuf),
    /// A git repository, possibly with a path in it and a version.
    Git(GitRef),
    /// An artifact in a registry: the whole text, `oci://` included.
    Oci(String),
}

/// Why a text is no reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReferenceError(pub(crate) String);

impl ModuleRef {
    /// The reference in the text. Relative paths are looked for below `base`.
    ///
    /// # Errors
    /// It is meant for git, and git could not take it.
    pub fn parse(text: &str, base: &Path) -> Result<ModuleRef, ReferenceError> {
        if text.starts_with("oci://") {
            return Ok(ModuleRef::Oci(text.to_owned()));
        }
        let is_path = text.starts_with(['/', '.'])
            || (!GitRef::has_transport(text) && (!text.contains('.') || base.join(text).is_dir()));
        if is_path {
            Ok(ModuleRef::Local(text.into()))
        } else {
            Ok(ModuleRef::Git(GitRef::parse(text)?))
        }
    }

    /// The reference of a dependency. One with a pin is git, whatever it looks like.
    ///
    /// # Errors
    /// As for [`ModuleRef::parse`].
    pub fn parse_dependency(source: &str, pin: Option<&str>, base: &Path) -> Result<ModuleRef, ReferenceError> {
        match pin {
            Some(_) if !source.starts_with("oci://") => Ok(ModuleRef::Git(GitRef::parse(source)?)),
            _ => ModuleRef::parse(source, base),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str, base: &Path) -> &'static str {
        match ModuleRef::parse(text, base).unwrap() {
            ModuleRef::Local(_) => "local",
            ModuleRef::Git(_) => "git",
            ModuleRef::Oci(_) => "oci",
        }
    }

    #[test]
    fn kinds_are_told_apart() {
        let base = tempfile::tempdir().unwrap();
        for local in [".", "./lib", "/srv/module", "../x.y", "lib", "./lib@v1"] {
            assert_eq!(kind(local, base.path()), "local", "{local}");
        }
        for git in [
            "github.com/acme/ci@v1",
            "git@github.com:acme/ci",
            "git@localhost:acme/ci",
            "https://example.com/r.git",
            "ssh://localhost/r",
            "file:///srv/r",
        ] {
            assert_eq!(kind(git, base.path()), "git", "{git}");
        }
        assert_eq!(kind("oci://r/a:1", base.path()), "oci");
    }

    #[test]
    fn a_directory_that_exists_is_a_path() {
        let base = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(base.path().join("github.com/acme")).unwrap();
        assert_eq!(kind("github.com/acme", base.path()), "local");
        assert!(matches!(
            ModuleRef::parse_dependency("github.com/acme", Some("main"), base.path()),
            Ok(ModuleRef::Git(_))
        ));
    }
}
