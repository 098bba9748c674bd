//! Files beside a module's source that belong to it, and files that do not: `include` and the older `exclude` of the manifest.
//!
//! Patterns start at the manifest and may lead above it, up to the module's context. `*` stays within a name, `**` crosses them, and a
//! folder stands for all that is in it. `!pattern` (and every pattern of `exclude`) leaves out, from the source too, whatever else says.

use crate::digest::NOT_SOURCE;
use crate::error::ModuleError;
use crate::find::{cleaned, relative_path};
use crate::manifest::Manifest;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a manifest includes and excludes.
pub(crate) struct Included {
    context: PathBuf,
    excluded: Gitignore,
    /// Files outside the source, absolute.
    pub(crate) files: BTreeSet<PathBuf>,
}

/// A pattern: from the context's root, with the folder where looking for it begins.
struct Pattern {
    text: String,
    start: PathBuf,
}

impl Included {
    /// Reads the patterns and finds the files.
    pub(crate) fn read(
        manifest: &Manifest,
        path: &Path,
        source: &Path,
        context: &Path,
    ) -> Result<Included, ModuleError> {
        let root = path.parent().unwrap_or(context);
        let invalid = |message: String| ModuleError::Invalid {
            path: path.to_owned(),
            message,
        };
        let pattern = |text: &str| pattern(text, root, context).map_err(invalid);
        let older = manifest.other.get("exclude").and_then(Value::as_array);
        let mut excluded: Vec<Pattern> = older
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(pattern)
            .collect::<Result<_, _>>()?;
        let mut included = Vec::new();
        for text in &manifest.include {
            match text.strip_prefix('!') {
                Some(text) => excluded.push(pattern(text)?),
                None => included.push(pattern(text)?),
            }
        }
        let matcher = |patterns: &[Pattern]| matcher(context, patterns).map_err(invalid);
        let mut result = Included {
            context: context.to_owned(),
            excluded: matcher(&excluded)?,
            files: BTreeSet::new(),
        };
        let wanted = matcher(&included)?;
        for pattern in &included {
            result.find(&pattern.start, source, &wanted)?;
        }
        Ok(result)
    }

    /// Whether the file or folder is left out.
    pub(crate) fn excludes(&self, path: &Path, is_directory: bool) -> bool {
        !self.excluded.is_empty()
            && path.starts_with(&self.context)
            && self
                .excluded
                .matched_path_or_any_parents(path, is_directory)
                .is_ignore()
    }

    fn find(&mut self, path: &Path, source: &Path, wanted: &Gitignore) -> Result<(), ModuleError> {
        let Ok(metadata) = path.symlink_metadata() else {
            return Ok(());
        };
        let is_directory = metadata.is_dir();
        if path.starts_with(source) || self.excludes(path, is_directory) {
            return Ok(());
        }
        if !is_directory {
            if wanted.matched_path_or_any_parents(path, false).is_ignore() {
                self.files.insert(path.to_owned());
            }
            return Ok(());
        }
        for entry in fs_err::read_dir(path)? {
            let entry = entry?;
            if !NOT_SOURCE.iter().any(|skipped| entry.file_name() == *skipped) {
                self.find(&entry.path(), source, wanted)?;
            }
        }
        Ok(())
    }
}

fn pattern(text: &str, root: &Path, context: &Path) -> Result<Pattern, String> {
    let clean = text.trim_start_matches("./").trim_end_matches('/');
    let target = cleaned(&root.join(clean));
    if !target.starts_with(context) || Path::new(clean).is_absolute() {
        return Err(format!(
            "`include` has {text:?}, which leads out of {}",
            context.display()
        ));
    }
    let is_glob = |part: &std::ffi::OsStr| part.to_string_lossy().contains(['*', '?', '[', '{']);
    // Only what the pattern itself brings is one; folders on the way to it may have any name.
    let given = target
        .components()
        .zip(root.components())
        .take_while(|(a, b)| a == b)
        .count();
    let start: PathBuf = target
        .components()
        .enumerate()
        .take_while(|(index, part)| *index < given || !is_glob(part.as_os_str()))
        .map(|(_, part)| part)
        .collect();
    let above: String = relative_path(context, &start).to_string_lossy().into_owned();
    let literal: String = above.chars().flat_map(escaped).collect();
    let rest = target
        .strip_prefix(&start)
        .unwrap_or(Path::new(""))
        .to_string_lossy()
        .into_owned();
    let parts: Vec<&str> = [literal.as_str(), rest.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let text = match parts.is_empty() {
        true => "/**".to_owned(),
        false => format!("/{}", parts.join("/")),
    };
    Ok(Pattern { text, start })
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let is_special = matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '\\' | '!');
    is_special.then_some('\\').into_iter().chain(std::iter::once(c))
}

fn matcher(context: &Path, patterns: &[Pattern]) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new(context);
    for pattern in patterns {
        builder
            .add_line(None, &pattern.text)
            .map_err(|error| format!("`include` has a pattern that is not one: {error}"))?;
    }
    builder.build().map_err(|error| format!("`include`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(root: &Path, module: &str, fields: &str) -> Result<Vec<String>, String> {
        let directory = root.join(module);
        let path = directory.join("dagger.json");
        let manifest = Manifest::parse(&path, &format!(r#"{{"name": "ci", {fields}}}"#)).unwrap();
        let included =
            Included::read(&manifest, &path, &directory.join("dagger"), root).map_err(|error| error.to_string())?;
        let names = included
            .files
            .iter()
            .map(|path| path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        Ok(names.collect())
    }

    fn tree(names: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for name in names {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        root
    }

    #[test]
    fn patterns_start_at_the_manifest() {
        let root = tree(&[
            "m/dagger/main.py",
            "m/data/a.txt",
            "m/data/deep/b.txt",
            "m/c.txt",
            "shared/d.txt",
            "shared/x.md",
            "m/node_modules/z.txt",
        ]);
        let read = |fields: &str| files(root.path(), "m", fields).unwrap();
        assert_eq!(read(r#""include": ["data"]"#), ["m/data/a.txt", "m/data/deep/b.txt"]);
        assert_eq!(read(r#""include": ["./data/*.txt"]"#), ["m/data/a.txt"]);
        assert_eq!(
            read(r#""include": ["**/*.txt"]"#),
            ["m/c.txt", "m/data/a.txt", "m/data/deep/b.txt"]
        );
        assert_eq!(
            read(r#""include": ["*.txt", "../shared/"]"#),
            ["m/c.txt", "shared/d.txt", "shared/x.md"]
        );
        assert_eq!(
            read(r#""include": ["data", "!data/deep", "../shared", "!**/*.md"]"#),
            ["m/data/a.txt", "shared/d.txt", "shared/x.md"],
            "a pattern starts at the manifest"
        );
        assert_eq!(
            read(r#""include": ["data", "../shared", "!../**/*.md"], "exclude": ["data/a.txt"]"#),
            ["m/data/deep/b.txt", "shared/d.txt"]
        );
        assert_eq!(read(r#""include": ["dagger", "nope", "!x"]"#), Vec::<String>::new());
        assert!(
            read(r#""include": ["."]"#).contains(&"m/dagger.json".to_owned())
                == root.path().join("m/dagger.json").exists()
        );
    }

    #[test]
    fn folders_with_special_names_are_no_patterns() {
        let root = tree(&["[a]!/dagger/x", "[a]!/b.txt", "a/b.txt"]);
        assert_eq!(
            files(root.path(), "[a]!", r#""include": ["b.*"]"#),
            Ok(vec!["[a]!/b.txt".to_owned()])
        );
    }

    #[test]
    fn patterns_stay_in_the_context() {
        let root = tree(&["m/dagger/x"]);
        let told = files(root.path(), "m", r#""include": ["../../etc"]"#).unwrap_err();
        assert!(
            told.contains(r#"`include` has "../../etc", which leads out of"#),
            "{told}"
        );
        assert!(files(root.path(), "m", r#""include": ["/etc"]"#).is_err());
    }
}
