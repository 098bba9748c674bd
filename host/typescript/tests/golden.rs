//! Modules of our own writing and what is made of them: `tests/golden/<case>/`.
//!
//! A case is a module's folder. `expected.json` holds its definition, types, entries and resolution; `expected.txt` the
//! errors; cases named `code-…` also hold `expected.js`, the code. `UPDATE_GOLDEN=1` writes the expected files anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_schema::{Merged, ModuleId, VisibleModule};
use dockwright_typescript::{BuildOptions, BundleFile, build};
use std::sync::Arc;

fn cases() -> Vec<Utf8PathBuf> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<Utf8PathBuf> = root
        .read_dir_utf8()
        .unwrap()
        .map(|entry| entry.unwrap().into_path())
        .collect();
    cases.sort();
    cases
}

fn module_of(case: &Utf8Path) -> String {
    std::fs::read_to_string(case.join("module")).map_or_else(|_| "ci".to_owned(), |text| text.trim().to_owned())
}

fn compare(path: &Utf8Path, found: Option<String>, failures: &mut Vec<String>) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        match found {
            Some(text) => std::fs::write(path, text).unwrap(),
            None if path.exists() => std::fs::remove_file(path).unwrap(),
            None => {}
        }
        return;
    }
    let expected = std::fs::read_to_string(path).ok();
    if expected != found {
        failures.push(format!(
            "{path}\n--- expected\n{}\n--- found\n{}",
            expected.unwrap_or_default(),
            found.unwrap_or_default()
        ));
    }
}

/// The text of an error without the paths of this machine.
fn shown(text: &str, root: &Utf8Path) -> String {
    let text = text.replace(root.as_str(), "ROOT");
    text.replace(root.parent().unwrap().as_str(), "PARENT") + "\n"
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut failures = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 45, "{} cases", cases.len());
    for case in &cases {
        let module = module_of(case);
        let built = build(&BuildOptions {
            source: case,
            module: &module,
            packages: None,
            dependencies: None,
        });
        let root = case.canonicalize_utf8().unwrap();
        let (json, text, code) = match built {
            Ok(built) => {
                let merged = Merged::new(&[VisibleModule {
                    id: ModuleId("golden".into()),
                    name: module.clone(),
                    def: Arc::new(built.definition.clone()),
                }]);
                if let Err(error) = merged {
                    failures.push(format!("{case}: the schema refuses it: {error}"));
                }
                let json = serde_json::json!({
                    "definition": built.definition,
                    "types": built.bundle.types,
                    "entries": built.bundle.entries,
                    "files": built.bundle.files.keys().collect::<Vec<_>>(),
                    "resolve": built.bundle.resolve,
                });
                let code = built.bundle.files.iter().map(|(id, file)| {
                    let (BundleFile::Esm { code } | BundleFile::Cjs { code, .. } | BundleFile::Json { code }) = file;
                    format!("// {id}\n{code}\n")
                });
                let code: String = code.collect();
                (
                    Some(serde_json::to_string_pretty(&json).unwrap() + "\n"),
                    None,
                    Some(code),
                )
            }
            Err(error) => (None, Some(shown(&error.to_string(), &root)), None),
        };
        let code = code.filter(|_| case.file_name().unwrap().starts_with("code-"));
        compare(&case.join("expected.json"), json, &mut failures);
        compare(&case.join("expected.txt"), text, &mut failures);
        compare(&case.join("expected.js"), code, &mut failures);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    for case in cases() {
        let module = module_of(&case);
        let run = || {
            build(&BuildOptions {
                source: &case,
                module: &module,
                packages: None,
                dependencies: None,
            })
            .map(|built| serde_json::to_string(&(&built.definition, &built.bundle, &built.maps)).unwrap())
            .map_err(|error| error.to_string())
        };
        assert_eq!(run(), run(), "{case}");
    }
}
