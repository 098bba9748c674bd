//! Reads `go.mod`. The form is told in the reference of Go modules; what only other Go commands need is skipped.

/// What a `go.mod` says of the build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GoMod {
    /// Path of the module.
    pub(crate) module: String,
    /// Version of the language, such as `1.24` or `1.24.3`.
    pub(crate) go: Option<String>,
    pub(crate) requires: Vec<Version>,
    pub(crate) replaces: Vec<Replace>,
    /// Runtime settings.
    pub(crate) debug: Vec<(String, String)>,
}

/// A module at a version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) path: String,
    pub(crate) version: String,
}

/// A module that stands in for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replace {
    pub(crate) path: String,
    /// Of which version; of all when there is none.
    pub(crate) version: Option<String>,
    pub(crate) by: Replacement,
}

/// What stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Replacement {
    /// A folder, as it is written.
    Folder(String),
    /// Another module.
    Module(Version),
}

/// Directives that say nothing of the build.
const SKIPPED: [&str; 5] = ["toolchain", "exclude", "retract", "tool", "ignore"];

impl GoMod {
    /// Reads the text. The error is for the user: line and reason.
    pub(crate) fn parse(text: &str) -> Result<GoMod, String> {
        let mut found = GoMod::default();
        let mut block: Option<String> = None;
        for (index, line) in text.lines().enumerate() {
            let failed = |why: &str| format!("go.mod:{}: {why}", index + 1);
            let mut words = words(line).map_err(|why| failed(&why))?;
            let Some(first) = words.first().cloned() else { continue };
            if let Some(directive) = &block {
                if first == ")" {
                    block = None;
                } else {
                    found.directive(directive, &words).map_err(|why| failed(&why))?;
                }
                continue;
            }
            words.remove(0);
            if words == ["("] {
                block = Some(first);
            } else {
                found.directive(&first, &words).map_err(|why| failed(&why))?;
            }
        }
        if let Some(directive) = block {
            return Err(format!("go.mod: the block of `{directive}` is not closed"));
        }
        Ok(found)
    }

    fn directive(&mut self, directive: &str, words: &[String]) -> Result<(), String> {
        let usage = |form: &str| format!("usage: {form}");
        match (directive, words) {
            ("module", [path]) => self.module.clone_from(path),
            ("module", _) => return Err(usage("module module/path")),
            ("go", [version]) if is_go_version(version) => self.go = Some(version.clone()),
            ("go", [version]) => return Err(format!("invalid go version '{version}': must match format 1.23")),
            ("go", _) => return Err(usage("go 1.23")),
            ("require", [path, version]) => self.requires.push(Version {
                path: checked_path(path)?,
                version: checked_version(version)?,
            }),
            ("require", _) => return Err(usage("require module/path v1.2.3")),
            ("replace", words) => self.replaces.push(replace(words)?),
            ("godebug", [setting]) => {
                let (key, value) = setting.split_once('=').ok_or_else(|| usage("godebug key=value"))?;
                self.debug.push((key.to_owned(), value.to_owned()));
            }
            ("godebug", _) => return Err(usage("godebug key=value")),
            (skipped, _) if SKIPPED.contains(&skipped) => {}
            (unknown, _) => return Err(format!("unknown directive: {unknown}")),
        }
        Ok(())
    }

    /// What stands in for a module at a version. A replacement of that very version comes before one of all.
    pub(crate) fn replacement(&self, module: &Version) -> Option<&Replacement> {
        let fits = |exact: bool| {
            let found = self.replaces.iter().find(|each| {
                each.path == module.path
                    && match &each.version {
                        Some(version) => exact && *version == module.version,
                        None => !exact,
                    }
            });
            found.map(|each| &each.by)
        };
        fits(true).or_else(|| fits(false))
    }

    /// The language of its packages as the compiler takes it, `go1.24`. Without a `go` line it is that of long ago.
    pub(crate) fn language(&self) -> String {
        let version = self.go.as_deref().unwrap_or("1.16");
        let mut parts = version.split(['.', 'r', 'b']);
        let (major, minor) = (parts.next().unwrap_or("1"), parts.next().unwrap_or("16"));
        format!("go{major}.{minor}")
    }

    /// Second number of the language.
    pub(crate) fn minor(&self) -> u32 {
        let language = self.language();
        language
            .rsplit('.')
            .next()
            .and_then(|minor| minor.parse().ok())
            .unwrap_or(16)
    }
}

fn replace(words: &[String]) -> Result<Replace, String> {
    let usage = || "usage: replace module/path [v1.2.3] => other/module v1.4 or => ../local/directory".to_owned();
    let arrow = words.iter().position(|word| word == "=>").ok_or_else(usage)?;
    let (old, new) = words.split_at(arrow);
    let (path, version) = match old {
        [path] => (path, None),
        [path, version] => (path, Some(checked_version(version)?)),
        _ => return Err(usage()),
    };
    let by = match new.get(1..).unwrap_or_default() {
        [folder] if is_folder(folder) => Replacement::Folder(folder.clone()),
        [path] => {
            return Err(format!(
                "replacement module without version must be directory path (rooted or starting with . or ..): {path}"
            ));
        }
        [path, version] if !is_folder(path) => Replacement::Module(Version {
            path: checked_path(path)?,
            version: checked_version(version)?,
        }),
        [path, _] => {
            return Err(format!(
                "replacement module directory path {path:?} cannot have version"
            ));
        }
        _ => return Err(usage()),
    };
    Ok(Replace {
        path: checked_path(path)?,
        version,
        by,
    })
}

fn is_folder(path: &str) -> bool {
    path == "." || path == ".." || ["./", "../", "/"].iter().any(|start| path.starts_with(start))
}

/// `1.24`, `1.24.3`, `1.25rc1`.
fn is_go_version(version: &str) -> bool {
    let mut parts = version.split('.');
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let last = |part: &str| {
        number(
            part.split("rc")
                .next()
                .unwrap_or_default()
                .split("beta")
                .next()
                .unwrap_or_default(),
        )
    };
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(major), None, None, None) => number(major),
        (Some(major), Some(minor), None, None) => number(major) && last(minor),
        (Some(major), Some(minor), Some(patch), None) => number(major) && number(minor) && number(patch),
        _ => false,
    }
}

/// A module path that can be a path on disk and part of an address: Go's own rules, but for details of single elements.
pub(crate) fn checked_path(path: &str) -> Result<String, String> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let element =
        |part: &str| !part.is_empty() && part.bytes().all(letter) && !part.starts_with('.') && !part.ends_with('.');
    if path.split('/').all(element) {
        Ok(path.to_owned())
    } else {
        Err(format!("malformed module path {path:?}"))
    }
}

/// A version as it stands in a `go.mod` that Go has tidied: `v1.2.3`, with what may follow.
pub(crate) fn checked_version(version: &str) -> Result<String, String> {
    let rest = version.strip_prefix('v').unwrap_or_default();
    let letters = rest
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte));
    let numbers = rest.split(['-', '+']).next().unwrap_or_default();
    let three =
        numbers.split('.').filter(|part| part.parse::<u64>().is_ok()).count() == 3 && numbers.split('.').count() == 3;
    if letters && three {
        Ok(version.to_owned())
    } else {
        Err(format!("version {version:?} invalid: must be of the form v1.2.3"))
    }
}

/// The words of a line without its comment.
fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            break;
        }
        let (word, after) = match first {
            '"' | '`' => {
                let inner = rest.get(1..).unwrap_or_default();
                let end = inner.find(first).ok_or("unterminated quoted string")?;
                let (word, after) = inner.split_at(end);
                if word.contains('\\') {
                    return Err(format!("escapes in {word:?} are not read"));
                }
                (word, after.get(1..).unwrap_or_default())
            }
            '(' | ')' => rest.split_at(1),
            _ => {
                let comment = rest.find("//").filter(|at| {
                    rest.get(..*at)
                        .is_some_and(|before| before.ends_with(char::is_whitespace))
                });
                let end = rest.find(|letter: char| letter.is_whitespace() || letter == '(' || letter == ')');
                rest.split_at(end.or(comment).unwrap_or(rest.len()))
            }
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r#"// A module.
module dagger/ci // comment

go 1.24.1
toolchain go1.26.0
godebug default=go1.21

require github.com/a/b v1.2.3
require (
	"github.com/C/d" v0.0.0-20200101000000-abcdefabcdef // indirect
	gopkg.in/yaml.v3 v3.0.1+incompatible
)
replace github.com/a/b => ../b
replace (
	github.com/a/b v1.2.3 => example.com/fork v1.9.0
)
exclude github.com/x/y v1.0.0
retract [v1.0.0, v1.1.0]
"#;

    #[test]
    fn what_decides_the_build_is_read() {
        let read = GoMod::parse(TEXT).unwrap();
        assert_eq!(read.module, "dagger/ci");
        assert_eq!((read.language().as_str(), read.minor()), ("go1.24", 24));
        assert_eq!(read.requires.len(), 3);
        assert_eq!(read.requires[1].path, "github.com/C/d");
        assert_eq!(read.debug, [("default".to_owned(), "go1.21".to_owned())]);
        let fork = Version {
            path: "example.com/fork".into(),
            version: "v1.9.0".into(),
        };
        assert_eq!(read.replacement(&read.requires[0]), Some(&Replacement::Module(fork)));
        let other = Version {
            path: "github.com/a/b".into(),
            version: "v1.0.0".into(),
        };
        assert_eq!(read.replacement(&other), Some(&Replacement::Folder("../b".into())));
        assert_eq!(GoMod::parse("module x").unwrap().language(), "go1.16");
        assert_eq!(GoMod::parse("go 1.25rc1").unwrap().language(), "go1.25");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let told = |text: &str| GoMod::parse(text).unwrap_err();
        assert_eq!(told("module x\nfoo bar"), "go.mod:2: unknown directive: foo");
        assert_eq!(
            told("go 1.x"),
            "go.mod:1: invalid go version '1.x': must match format 1.23"
        );
        assert!(told("require ../x v1.0.0").contains("malformed module path"));
        assert!(told("require a/b latest").contains("must be of the form v1.2.3"));
        assert!(told("require (\na/b v1.0.0\n").contains("not closed"));
        assert!(told("replace a => b").contains("must be directory path"));
        assert!(told("module \"x").contains("unterminated"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*(\n\\PC*){0,4}") {
            GoMod::parse(&text).ok();
        }

        #[test]
        fn paths_that_pass_stay_below_their_folder(path in "[a-zA-Z0-9./_~-]{1,40}") {
            if let Ok(path) = checked_path(&path) {
                prop_assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".." || part.is_empty()));
            }
        }

        #[test]
        fn requirements_are_read_as_written(names in proptest::collection::vec("[a-z]{1,8}\\.[a-z]{2,3}/[a-zA-Z0-9_-]{1,8}", 0..8)) {
            let lines: String = names.iter().map(|name| format!("\t{name} v1.0.0 // indirect\n")).collect();
            let read = GoMod::parse(&format!("module m\nrequire (\n{lines})\n")).unwrap();
            prop_assert_eq!(read.requires.into_iter().map(|each| each.path).collect::<Vec<_>>(), names);
        }
    }
}
