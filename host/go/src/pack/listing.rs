//! What the introspector finds in the files of packages, without compiling them.

use super::Programs;
use crate::error::GoError;
use serde::Deserialize;
use serde_json::json;
use std::path::Path;

/// The files of a package that are built for the sandbox, and what they want.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Listing {
    /// Its name; empty when no file is built.
    pub(crate) name: String,
    /// Files to compile.
    pub(crate) files: Vec<String>,
    /// Files in assembly.
    pub(crate) assembly: Vec<String>,
    /// What they import, each path once.
    pub(crate) imports: Vec<Wanted>,
    /// Patterns of `//go:embed`.
    pub(crate) embeds: Vec<Wanted>,
    /// Files that are left out because they are C in part.
    pub(crate) cgo: Vec<Wanted>,
    /// What cannot be read.
    pub(crate) diagnostics: Vec<crate::Diagnostic>,
}

/// Something that a file asks for, and where.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Wanted {
    pub(crate) what: String,
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Wanted {
    /// `main.go:3:8`, with the file in that folder of the module.
    pub(crate) fn place(&self, folder: &str) -> String {
        let separator = if folder.is_empty() { "" } else { "/" };
        format!("{folder}{separator}{}:{}:{}", self.file, self.line, self.column)
    }
}

#[derive(Deserialize)]
struct Answer {
    packages: Vec<Listing>,
}

/// Looks at the package in that folder. `go` is the second number of the language version that build constraints are told.
pub(crate) fn list(folder: &Path, go: u32, programs: &dyn Programs) -> Result<Listing, GoError> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let wanted = (name.ends_with(".go") && !name.ends_with("_test.go")) || name.ends_with(".s");
        if wanted && path.is_file() {
            files.push((name.to_owned(), fs_err::read_to_string(&path)?));
        }
    }
    files.sort();
    if files.is_empty() {
        return Ok(Listing::default());
    }
    let files: Vec<_> = files
        .into_iter()
        .map(|(path, text)| json!({"path": path, "text": text}))
        .collect();
    let answer = programs
        .ask(json!({"list": [{"files": files}], "go": go}))
        .map_err(GoError::Answer)?;
    let mut answer: Answer = serde_json::from_value(answer).map_err(|error| GoError::Answer(error.to_string()))?;
    answer
        .packages
        .pop()
        .ok_or_else(|| GoError::Answer("it lists no package".to_owned()))
}
