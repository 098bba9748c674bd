//! `search`: lines of files that match a pattern, as `SearchResult` and `SearchSubmatch`. The files are streamed from the engine and not kept.

mod blocks;

use crate::arguments::Arguments;
use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::ignore_rules::{SEARCH_IGNORE, left_out};
use crate::literal;
use blocks::{Found, blocks};
use dockwright_engine::llb::Output;
use dockwright_engine::{FileKind, ReadTree, TreeEntry};
use dockwright_schema::Resolved;
use ignore::overrides::{Override, OverrideBuilder};
use regex::bytes::{Regex, RegexBuilder};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the arguments of `search` say.
pub(crate) struct Search {
    pattern: Regex,
    across_lines: bool,
    files_only: bool,
    skip_hidden: bool,
    skip_ignored: bool,
    limit: usize,
    /// Files and directories to look at; empty is all.
    paths: Vec<String>,
    globs: Override,
}

impl Search {
    /// Reads the arguments.
    pub(crate) fn new(arguments: Arguments<'_>) -> Result<Search, ApiError> {
        let text = arguments.text("pattern")?;
        let text = if arguments.flag("literal") {
            regex::escape(text)
        } else {
            text.to_owned()
        };
        let across_lines = arguments.flag("multiline");
        let pattern = RegexBuilder::new(&text)
            .multi_line(true)
            .case_insensitive(arguments.flag("insensitive"))
            .dot_matches_new_line(across_lines && arguments.flag("dotall"))
            .build()
            .map_err(|error| ApiError::other(format!("argument `pattern`: {error}")))?;
        let mut globs = OverrideBuilder::new("/");
        for glob in arguments.texts("globs") {
            globs
                .add(&glob)
                .map_err(|error| ApiError::other(format!("argument `globs`: {error}")))?;
        }
        let paths = arguments
            .texts("paths")
            .iter()
            .map(|path| crate::paths::within("/", path).map(|path| path.trim_start_matches('/').to_owned()))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Search {
            pattern,
            across_lines,
            files_only: arguments.flag("filesOnly"),
            skip_hidden: arguments.flag("skipHidden"),
            skip_ignored: arguments.flag("skipIgnored"),
            limit: arguments
                .optional_integer("limit")
                .and_then(|limit| usize::try_from(limit).ok())
                .unwrap_or(usize::MAX),
            paths: paths.into_iter().filter(|path| !path.is_empty()).collect(),
            globs: globs
                .build()
                .map_err(|error| ApiError::other(format!("argument `globs`: {error}")))?,
        })
    }

    /// Searches a tree. With `only_name` the one file of it is told under that name.
    pub(crate) async fn run(
        self,
        field: ValueOf<'_>,
        tree: &Output,
        only_name: Option<&str>,
    ) -> Result<Resolved, ApiError> {
        let engine = field.api.engine().await?;
        let ignored = if self.skip_ignored {
            left_out(engine, tree, SEARCH_IGNORE).await?.1
        } else {
            Vec::new()
        };
        let limit = self.limit;
        let reader = Arc::new(Reader {
            search: self,
            ignored,
            open: Mutex::default(),
            found: Mutex::default(),
        });
        engine.read_tree(tree, reader.clone()).await?;
        let mut found = std::mem::take(&mut *reader.found.lock().unwrap_or_else(PoisonError::into_inner));
        found.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')).then(a.offset.cmp(&b.offset)));
        found.truncate(limit);
        Ok(Resolved::List(
            found.into_iter().map(|found| result(field, found, only_name)).collect(),
        ))
    }

    fn wants(&self, path: &str) -> bool {
        let below = |of: &String| {
            path.strip_prefix(of.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_hidden = || self.skip_hidden && path.split('/').any(|part| part.starts_with('.'));
        let full = format!("/{path}");
        let globbed = || {
            let directories = full.match_indices('/').skip(1).filter_map(|(end, _)| full.get(..end));
            !self.globs.matched(&full, false).is_ignore()
                && !directories
                    .into_iter()
                    .any(|directory| self.globs.matched(directory, true).is_ignore() && self.globs.num_ignores() > 0)
        };
        (self.paths.is_empty() || self.paths.iter().any(below)) && !is_hidden() && globbed()
    }
}

struct Reader {
    search: Search,
    /// Sorted as the tree is.
    ignored: Vec<String>,
    open: Mutex<HashMap<String, Vec<u8>>>,
    found: Mutex<Vec<Found>>,
}

impl ReadTree for Reader {
    fn wants(&self, entry: &TreeEntry) -> bool {
        let is_ignored = || {
            self.ignored.iter().any(|ignored| {
                entry
                    .path
                    .strip_prefix(ignored.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        entry.stat.kind == FileKind::File && entry.stat.size > 0 && self.search.wants(&entry.path) && !is_ignored()
    }

    fn data(&self, entry: &TreeEntry, data: &[u8]) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.entry(entry.path.clone()).or_default().extend_from_slice(data);
    }

    fn end(&self, entry: &TreeEntry) {
        let content = self
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&entry.path)
            .unwrap_or_default();
        let search = &self.search;
        let mut found = blocks(&search.pattern, search.across_lines, &entry.path, &content);
        if self.search.files_only {
            found.truncate(1);
        }
        self.found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .append(&mut found);
    }
}

fn result(field: ValueOf<'_>, found: Found, only_name: Option<&str>) -> Resolved {
    let path = only_name.map_or(found.path, str::to_owned);
    let fields = if field.arguments.flag("filesOnly") {
        json!({"filePath": path, "lineNumber": 0, "absoluteOffset": 0, "matchedLines": "", "submatches": []})
    } else {
        let matches: Vec<Value> = found
            .matches
            .into_iter()
            .map(|(start, end, text)| {
                let fields = json!({"start": start, "end": end, "text": text});
                Value::String(literal::object(field.api, "SearchSubmatch", fields).to_string())
            })
            .collect();
        json!({
            "filePath": path,
            "lineNumber": found.line,
            "absoluteOffset": found.offset,
            "matchedLines": found.text,
            "submatches": matches,
        })
    };
    Resolved::Object(literal::object(field.api, "SearchResult", fields))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn search(arguments: Value) -> Search {
        let Value::Object(map) = arguments else {
            panic!("an object")
        };
        Search::new(Arguments(&map)).unwrap()
    }

    fn shown(arguments: Value, text: &[u8]) -> Vec<String> {
        let search = search(arguments);
        let found = blocks(&search.pattern, search.across_lines, "f", text);
        found
            .iter()
            .map(|found| {
                let matches: Vec<_> = found
                    .matches
                    .iter()
                    .map(|(a, b, text)| format!("{a}-{b} {text:?}"))
                    .collect();
                format!(
                    "{}@{} {:?} {}",
                    found.line,
                    found.offset,
                    found.text,
                    matches.join(", ")
                )
            })
            .collect()
    }

    #[test]
    fn lines_are_told_with_their_matches() {
        let text = b"one two\nthree\ntwo two\n";
        assert_eq!(
            shown(json!({"pattern": "two"}), text),
            [
                "1@0 \"one two\\n\" 4-7 \"two\"",
                "3@14 \"two two\\n\" 0-3 \"two\", 4-7 \"two\""
            ]
        );
        assert_eq!(
            shown(json!({"pattern": "TH.*$", "insensitive": true}), text),
            ["2@8 \"three\\n\" 0-5 \"three\""]
        );
        assert_eq!(
            shown(json!({"pattern": "e.t"}), b"e.t eat"),
            ["1@0 \"e.t eat\" 0-3 \"e.t\", 4-7 \"eat\""]
        );
        assert_eq!(
            shown(json!({"pattern": "e.t", "literal": true}), b"e.t eat"),
            ["1@0 \"e.t eat\" 0-3 \"e.t\""]
        );
        assert_eq!(shown(json!({"pattern": "x"}), b"x\0"), [""; 0]);
    }

    #[test]
    fn matches_across_lines_are_blocks() {
        let text = b"a\nb\nc\n";
        assert_eq!(shown(json!({"pattern": "a\nb"}), text), [""; 0]);
        assert_eq!(
            shown(json!({"pattern": "a\nb", "multiline": true}), text),
            ["1@0 \"a\\nb\\n\" 0-3 \"a\\nb\""]
        );
        assert_eq!(shown(json!({"pattern": "a.*c", "multiline": true}), text), [""; 0]);
        assert_eq!(
            shown(json!({"pattern": "b.*c", "multiline": true, "dotall": true}), text),
            ["2@2 \"b\\nc\\n\" 0-3 \"b\\nc\""]
        );
    }

    #[test]
    fn paths_globs_and_hidden_files_choose() {
        let wants = |arguments: Value, path: &str| search(arguments).wants(path);
        assert!(wants(json!({"pattern": "x", "paths": ["src"]}), "src/a"));
        assert!(!wants(json!({"pattern": "x", "paths": ["src"]}), "srcs/a"));
        assert!(wants(json!({"pattern": "x", "globs": ["*.rs"]}), "src/a.rs"));
        assert!(!wants(json!({"pattern": "x", "globs": ["*.rs"]}), "src/a.py"));
        assert!(!wants(json!({"pattern": "x", "globs": ["!target"]}), "target/a"));
        assert!(wants(json!({"pattern": "x", "globs": ["!target"]}), "src/a"));
        assert!(!wants(json!({"pattern": "x", "skipHidden": true}), "a/.b/c"));
        assert!(wants(json!({"pattern": "x"}), "a/.b/c"));
        let outside = json!({"pattern": "x", "paths": ["../x"]});
        let Value::Object(map) = outside else {
            panic!("an object")
        };
        assert!(Search::new(Arguments(&map)).is_err());
    }
}
