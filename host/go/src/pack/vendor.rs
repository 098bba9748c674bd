//! The folder `vendor/`: which module each package in it is of, and whether it fits `go.mod`.

use super::go_mod::{GoMod, Replacement, Version};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// What `vendor/modules.txt` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vendor {
    modules: Vec<Vendored>,
    /// Index of the module of each package.
    packages: BTreeMap<String, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vendored {
    pub(crate) module: Version,
    explicit: bool,
    go: Option<String>,
}

impl Vendor {
    /// Reads the list of the vendor folder; none when there is no such folder.
    pub(crate) fn read(source: &Path) -> Result<Option<Vendor>, String> {
        let path = source.join("vendor/modules.txt");
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(Vendor::parse(&text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    fn parse(text: &str) -> Vendor {
        let mut found = Vendor::default();
        for line in text.lines() {
            if let Some(notes) = line.strip_prefix("## ") {
                if let Some(last) = found.modules.last_mut() {
                    for note in notes.split(';').map(str::trim) {
                        last.explicit |= note == "explicit";
                        if let Some(go) = note.strip_prefix("go ") {
                            last.go = Some(go.to_owned());
                        }
                    }
                }
            } else if let Some(module) = line.strip_prefix("# ") {
                // A line for a replacement of all versions has no version: it stands at the end and holds no packages.
                let mut words = module.split_whitespace();
                if let (Some(path), Some(version)) = (words.next(), words.next().filter(|word| *word != "=>")) {
                    found.modules.push(Vendored {
                        module: Version {
                            path: path.to_owned(),
                            version: version.to_owned(),
                        },
                        explicit: false,
                        go: None,
                    });
                }
            } else if !line.trim().is_empty() && !found.modules.is_empty() {
                found.packages.insert(line.trim().to_owned(), found.modules.len() - 1);
            }
        }
        found
    }

    /// The module of a package.
    pub(crate) fn of(&self, package: &str) -> Option<&Vendored> {
        self.modules.get(*self.packages.get(package)?)
    }

    /// Go's own complaint when the folder was made for another `go.mod`.
    pub(crate) fn check(&self, go_mod: &GoMod) -> Result<(), String> {
        let explicit: HashSet<&Version> = self
            .modules
            .iter()
            .filter(|each| each.explicit)
            .map(|each| &each.module)
            .collect();
        let mut problems = Vec::new();
        for wanted in &go_mod.requires {
            if !explicit.contains(wanted) {
                problems.push(format!(
                    "\t{}@{}: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt",
                    wanted.path, wanted.version
                ));
            }
        }
        for found in explicit {
            if !go_mod.requires.contains(found) {
                problems.push(format!(
                    "\t{}@{}: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod",
                    found.path, found.version
                ));
            }
        }
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort();
        Err(format!(
            "inconsistent vendoring:\n{}\n\n\tTo ignore the vendor directory, use -mod=readonly or -mod=mod.\n\tTo sync the vendor directory, run:\n\t\tgo mod vendor",
            problems.join("\n")
        ))
    }
}

impl Vendored {
    /// As the compiler takes the language.
    pub(crate) fn language(&self) -> String {
        GoMod {
            go: self.go.clone(),
            ..GoMod::default()
        }
        .language()
    }

    /// The module's name in frames: that of what stands in for it.
    pub(crate) fn framed(&self, go_mod: &GoMod) -> String {
        match go_mod.replacement(&self.module) {
            Some(Replacement::Module(by)) => format!("{}@{}", by.path, by.version),
            _ => format!("{}@{}", self.module.path, self.module.version),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    const TEXT: &str = "# example.com/a v1.0.0\n## explicit; go 1.18\nexample.com/a\nexample.com/a/b\n# example.com/c v0.1.0 => ../c\n## go 1.20\nexample.com/c\n# example.com/c => ../c\n";

    #[test]
    fn packages_belong_to_modules() {
        let vendor = Vendor::parse(TEXT);
        assert_eq!(vendor.of("example.com/a/b").unwrap().language(), "go1.18");
        assert_eq!(vendor.of("example.com/c").unwrap().module.version, "v0.1.0");
        assert_eq!(vendor.of("example.com/d"), None);
    }

    #[test]
    fn it_must_fit_go_mod() {
        let vendor = Vendor::parse(TEXT);
        let good = GoMod::parse("module m\nrequire example.com/a v1.0.0").unwrap();
        assert_eq!(vendor.check(&good), Ok(()));
        let newer = GoMod::parse("module m\nrequire example.com/a v1.1.0").unwrap();
        let told = vendor.check(&newer).unwrap_err();
        assert!(
            told.starts_with("inconsistent vendoring:\n\texample.com/a@v1.0.0: is marked"),
            "{told}"
        );
        assert!(told.contains("example.com/a@v1.1.0: is explicitly required"), "{told}");
    }
}
