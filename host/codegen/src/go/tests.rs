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

use dockwright_schema::{ModuleDef, core_types::TYPES};

use super::{core, dependency};
use crate::CodegenError;

fn definition() -> ModuleDef {
    serde_json::from_value(serde_json::json!({
        "description": "Builds things.",
        "mainObject": "Ci",
        "objects": [
            {
                "name": "Ci",
                "description": "Build, lint and test.",
                "constructor": {
                    "name": "",
                    "arguments": [
                        {"name": "source", "type": {"kind": "object", "of": "Directory"}, "annotations": {"defaultPath": "/"}},
                        {"name": "goVersion", "description": "Version of Go.", "type": {"kind": "string"}, "defaultValue": "1.26"}
                    ],
                    "returns": {"kind": "object", "of": "Ci"}
                },
                "functions": [
                    {
                        "name": "lint",
                        "description": "Lints.",
                        "arguments": [
                            {"name": "level", "type": {"kind": "enum", "of": "Severity"}, "defaultValue": "LOW"},
                            {"name": "type", "type": {"kind": "string"}, "description": "What to look at."},
                            {"name": "names", "type": {"kind": "list", "of": {"kind": "string"}}, "defaultValue": ["a"]}
                        ],
                        "returns": {"kind": "string"}
                    },
                    {
                        "name": "list",
                        "annotations": {"deprecated": "use reports"},
                        "returns": {"kind": "list", "of": {"kind": "object", "of": "Report"}}
                    },
                    {"name": "verify", "returns": {"kind": "void"}},
                    {
                        "name": "listen",
                        "arguments": [{"name": "duck", "type": {"kind": "interface", "of": "Duck"}}],
                        "returns": {"kind": "optional", "of": {"kind": "integer"}}
                    },
                    {"name": "image", "returns": {"kind": "object", "of": "Container"}}
                ]
            },
            {
                "name": "Report",
                "fields": [{"name": "ok", "originalName": "Ok", "type": {"kind": "boolean"}, "description": "Whether it is good."}]
            }
        ],
        "enums": [{
            "name": "Severity",
            "description": "How bad.",
            "members": [{"name": "LOW", "value": "low", "description": "Not so bad."}, {"name": "High", "value": "x"}]
        }],
        "interfaces": [{"name": "Duck", "functions": [{"name": "quack", "returns": {"kind": "string"}}]}]
    }))
    .unwrap()
}

#[test]
fn a_dependency_has_its_types_and_its_constructor() {
    insta::assert_snapshot!(dependency("ci", &definition()).unwrap());
}

#[test]
fn a_dependency_is_known_by_its_name_in_the_manifest() {
    let text = dependency("my-ci", &definition()).unwrap();
    assert!(text.contains("type MyCiReport struct {"), "{text}");
    assert!(
        text.contains("func (r *Query) MyCi(opts ...MyCiOpts) *MyCiCi {"),
        "{text}"
    );
    assert!(text.contains("r.query.Select(\"myCi\")"), "{text}");
}

#[test]
fn a_dependency_names_only_what_exists() {
    let mut def = definition();
    def.objects.retain(|object| object.name != "Report");
    assert_eq!(
        dependency("ci", &def),
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
        let definition: ModuleDef = serde_json::from_value(definition.clone()).unwrap();
        let bindings = dependency("other", &definition).unwrap();
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
    for text in [core(TYPES).unwrap(), dependency("ci", &definition()).unwrap()] {
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
