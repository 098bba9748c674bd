//! The module's code as the host's front end makes it: every file, and where every import of every file leads.
//!
//! Nothing is resolved here. The SDK and the globals of the snapshot have the same form; their file ids begin with `sdk:`.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::cell::RefCell;
use std::collections::HashMap;

/// The form that this runtime reads.
const FORMAT: u32 = 1;

thread_local! {
    static TABLES: RefCell<Tables> = RefCell::default();
}

/// All files that can be imported.
#[derive(Default)]
struct Tables {
    files: HashMap<String, File>,
    /// File to specifier to file.
    resolve: HashMap<String, HashMap<String, String>>,
}

#[derive(Deserialize)]
struct Bundle {
    format: u32,
    entries: Vec<String>,
    files: HashMap<String, File>,
    #[serde(default)]
    resolve: HashMap<String, HashMap<String, String>>,
    types: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct File {
    kind: Kind,
    code: String,
    /// Names that a CommonJS file exports, as far as they can be seen without running it.
    #[serde(default)]
    exports: Vec<String>,
}

/// How a file is to be evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Esm,
    Cjs,
    Json,
}

/// What remains to be done with a bundle whose files are known.
pub(crate) struct Loaded {
    /// Files to evaluate, in order.
    pub(crate) entries: Vec<String>,
    /// The types of the module, JSON.
    pub(crate) types: String,
}

/// Adds the files of a bundle.
pub(crate) fn load(text: &str) -> Result<Loaded, String> {
    let bundle: Bundle =
        serde_json::from_str(text).map_err(|error| format!("the module's bundle cannot be read: {error}"))?;
    if bundle.format != FORMAT {
        return Err(format!(
            "the module's bundle has format {}, but this runtime reads format {FORMAT}; build it again",
            bundle.format
        ));
    }
    TABLES.with_borrow_mut(|tables| {
        tables.files.extend(bundle.files);
        tables.resolve.extend(bundle.resolve);
    });
    Ok(Loaded {
        entries: bundle.entries,
        types: bundle
            .types
            .map_or_else(|| "{}".to_owned(), |types| types.get().to_owned()),
    })
}

/// The file that a specifier means in a file.
pub(crate) fn resolve(from: &str, specifier: &str) -> Option<String> {
    TABLES.with_borrow(|tables| tables.resolve.get(from)?.get(specifier).cloned())
}

/// Whether there is such a file.
pub(crate) fn contains(id: &str) -> bool {
    TABLES.with_borrow(|tables| tables.files.contains_key(id))
}

/// The kind of a file.
pub(crate) fn kind(id: &str) -> Option<Kind> {
    TABLES.with_borrow(|tables| tables.files.get(id).map(|file| file.kind))
}

/// Names that a CommonJS file exports.
pub(crate) fn exports(id: &str) -> Vec<String> {
    TABLES.with_borrow(|tables| {
        tables
            .files
            .get(id)
            .map(|file| file.exports.clone())
            .unwrap_or_default()
    })
}

/// Takes a file's code: the engine keeps what it needs of it, and a file is evaluated once.
pub(crate) fn take(id: &str) -> Option<String> {
    TABLES.with_borrow_mut(|tables| tables.files.get_mut(id).map(|file| std::mem::take(&mut file.code)))
}
