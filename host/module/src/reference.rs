//! References to modules: a path, a git repository, a registry.

use std::path::PathBuf;

/// Where a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleRef {
    /// A directory on this machine.
    Local(PathBuf),
    /// A git repository, possibly with a path in it and a version.
    Git(String),
    /// An artifact in a registry.
    Oci(String),
}

impl ModuleRef {
    /// The reference in the text. A text is local when it starts with `/` or `.`, has no dot at all, or names a directory that exists.
    pub fn parse(text: &str) -> ModuleRef {
        if text.starts_with("oci://") {
            return ModuleRef::Oci(text.to_owned());
        }
        let is_local = text.starts_with(['/', '.']) || !text.contains('.') || std::path::Path::new(text).is_dir();
        if is_local {
            ModuleRef::Local(text.into())
        } else {
            ModuleRef::Git(text.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        for local in [".", "./lib", "/srv/module", "../x.y", "lib"] {
            assert_eq!(ModuleRef::parse(local), ModuleRef::Local(local.into()));
        }
        for git in [
            "github.com/acme/ci@v1",
            "git@github.com:acme/ci",
            "https://example.com/r.git",
        ] {
            assert_eq!(ModuleRef::parse(git), ModuleRef::Git(git.to_owned()));
        }
        assert_eq!(
            ModuleRef::parse("oci://r/a:1"),
            ModuleRef::Oci("oci://r/a:1".to_owned())
        );
    }
}
