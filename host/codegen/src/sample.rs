//! The modules that the tests of every language bind: what a definition can hold, and an object that satisfies another module's interface.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use dockwright_schema::{ModuleDef, ModuleId, VisibleModule};
use serde_json::{Value, json};

/// `ci` and `pond`, as a module sees them that depends on both.
pub(crate) fn modules() -> Vec<VisibleModule> {
    vec![module("ci", ci()), module("pond", pond())]
}

/// Compares with a file of an SDK, which that language's own tools check. `path` is relative to this crate.
pub(crate) fn golden(path: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        text,
        "{} differs; run this test with INSTA_UPDATE=always",
        path.display()
    );
}

/// A definition as a module of that name.
pub(crate) fn module(name: &str, definition: Value) -> VisibleModule {
    let def: ModuleDef = serde_json::from_value(definition).unwrap();
    VisibleModule {
        name: name.to_owned(),
        id: ModuleId(def.main_object.as_str().into()),
        def: def.into(),
    }
}

/// Builds things.
pub(crate) fn ci() -> Value {
    json!({
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
                        {"name": "python", "description": "Python version.", "type": {"kind": "string"}, "defaultValue": "3.12"}
                    ],
                    "returns": {"kind": "object", "of": "Ci"}
                },
                "functions": [
                    {
                        "name": "lint",
                        "description": "Lints.",
                        "arguments": [
                            {"name": "from", "type": {"kind": "string"}, "description": "Where to begin."},
                            {"name": "level", "type": {"kind": "enum", "of": "Severity"}, "defaultValue": "LOW"},
                            {"name": "names", "type": {"kind": "list", "of": {"kind": "string"}}, "defaultValue": ["a"]}
                        ],
                        "returns": {"kind": "string"}
                    },
                    {"name": "withLevel", "arguments": [{"name": "level", "type": {"kind": "enum", "of": "Severity"}}], "returns": {"kind": "object", "of": "Ci"}},
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
                    {
                        "name": "image",
                        "arguments": [
                            {"name": "platform", "type": {"kind": "optional", "of": {"kind": "scalar", "of": "Platform"}}}
                        ],
                        "returns": {"kind": "object", "of": "Container"}
                    }
                ]
            },
            {
                "name": "Report",
                "fields": [{"name": "ok", "originalName": "ok", "type": {"kind": "boolean"}, "description": "Whether it is good."}]
            }
        ],
        "enums": [{
            "name": "Severity",
            "description": "How bad.",
            "members": [
                {"name": "LOW", "value": "low", "description": "Not so bad."},
                {"name": "VERY_HIGH", "value": "x"},
                {"name": "None", "value": "y"}
            ]
        }],
        "interfaces": [{"name": "Duck", "functions": [{"name": "quack", "returns": {"kind": "string"}}]}]
    })
}

/// Has a duck.
fn pond() -> Value {
    json!({
        "mainObject": "Pond",
        "objects": [
            {
                "name": "Pond",
                "functions": [{"name": "mallard", "returns": {"kind": "object", "of": "Mallard"}}]
            },
            {
                "name": "Mallard",
                "functions": [{"name": "quack", "returns": {"kind": "string"}}]
            }
        ]
    })
}
