//! Whole files, as users see them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says why it was skipped"
)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use dockwright_schema::core_types::TYPES;

use super::{core, dependencies};
use crate::{CodegenError, sample};

/// Go checks these files with the SDK's own tests, whose names keep them out of modules.
#[test]
fn a_dependency_has_its_types_and_its_constructor() {
    let files = dependencies(&sample::modules()).unwrap();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ci.gen.go", "pond.gen.go"]);
    for (name, text) in &files {
        let name = name.replace(".gen.go", "_gen_test.go");
        sample::golden(&format!("../../sdk-go/dagger/{name}"), text);
    }
}

#[test]
fn a_dependency_is_known_by_its_name_in_the_manifest() {
    let files = dependencies(&[sample::module("my-ci", sample::ci())]).unwrap();
    let (name, text) = &files[0];
    assert_eq!(name, "myci.gen.go");
    assert!(text.contains("type MyCiReport struct {"), "{text}");
    assert!(
        text.contains("func (r *Query) MyCi(opts ...MyCiOpts) *MyCi {"),
        "{text}"
    );
    assert!(text.contains("r.query.Select(\"myCi\")"), "{text}");
}

#[test]
fn a_dependency_names_only_what_exists() {
    let mut modules = sample::modules();
    std::sync::Arc::make_mut(&mut modules[0].def)
        .objects
        .retain(|object| object.name != "Report");
    assert_eq!(
        dependencies(&modules),
        Err(CodegenError::UnknownType {
            name: "Report".to_owned(),
            used_by: "Ci.list".to_owned()
        })
    );
}

/// What the introspector writes is a `ModuleDef`, and a dependency can be made of it.
#[test]
fn definitions_of_go_modules_are_bound() {
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../../sdk-go/introspect/testdata");
    let mut bound = 0;
    for folder in std::fs::read_dir(cases).unwrap() {
        let folder = folder.unwrap().path();
        let text = std::fs::read_to_string(folder.join("want.json")).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        let Some(definition) = answer.get("definition") else {
            continue;
        };
        let files = dependencies(&[sample::module("other", definition.clone())]).unwrap();
        let bindings = files[0].1.clone();
        if let Some(formatted) = gofmt(&bindings) {
            let different = bindings
                .lines()
                .zip(formatted.lines())
                .find(|(ours, theirs)| ours != theirs);
            assert_eq!(different, None, "{}", folder.display());
        }
        bound += 1;
    }
    assert!(bound > 20, "only {bound} definitions were found");
}

#[test]
fn generated_code_is_as_gofmt_leaves_it() {
    let bindings = dependencies(&sample::modules()).unwrap();
    for text in bindings.into_iter().map(|(_, text)| text).chain([core(TYPES).unwrap()]) {
        let Some(formatted) = gofmt(&text) else {
            eprintln!("skipped: there is no gofmt");
            return;
        };
        let different = text
            .lines()
            .zip(formatted.lines())
            .find(|(ours, theirs)| ours != theirs);
        assert_eq!(different, None);
        assert_eq!(text.len(), formatted.len());
    }
}

fn gofmt(text: &str) -> Option<String> {
    let mut child = Command::new("gofmt")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "gofmt cannot read the code");
    Some(String::from_utf8(output.stdout).unwrap())
}
