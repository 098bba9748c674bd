//! Whole files, as users see them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use dockwright_schema::{
    ModuleDef,
    core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef, TYPES},
};

use super::{code::WIDTH, core, dependency};
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
                        {"name": "python", "description": "Python version.", "type": {"kind": "string"}, "defaultValue": "3.12"}
                    ],
                    "returns": {"kind": "object", "of": "Ci"}
                },
                "functions": [
                    {
                        "name": "lint",
                        "description": "Lints.",
                        "arguments": [
                            {"name": "level", "type": {"kind": "enum", "of": "Severity"}, "defaultValue": "LOW"},
                            {"name": "from", "type": {"kind": "string"}, "description": "Where to begin."},
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
                "fields": [{"name": "ok", "originalName": "ok", "type": {"kind": "boolean"}, "description": "Whether it is good."}]
            }
        ],
        "enums": [{
            "name": "Severity",
            "description": "How bad.",
            "members": [{"name": "LOW", "value": "low", "description": "Not so bad."}, {"name": "None", "value": "x"}]
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
    assert!(text.contains("class MyCiReport(Type):"), "{text}");
    assert!(text.contains("    def my_ci(self, *"), "{text}");
    assert!(text.contains("self._select(\"myCi\""), "{text}");
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

#[test]
fn the_core_client_has_every_type_and_no_long_line_of_code() {
    let text = core(TYPES).unwrap();
    for core_type in TYPES {
        assert!(
            text.contains(&format!("class {}(", core_type.name)),
            "{}",
            core_type.name
        );
    }
    assert!(text.contains("    async def sync(self) -> Container:\n"));
    assert!(text.contains("    def __await__(self) -> collections.abc.Generator[Any, None, Container]:\n"));
    let code = text
        .lines()
        .filter(|line| line.trim_start().starts_with(['_', 'd', 'r', 'a', 'A']));
    for line in code.filter(|line| line.contains('(') && line.contains("self")) {
        assert!(line.chars().count() <= WIDTH, "{line}");
    }
}

#[test]
fn what_python_cannot_express_is_an_error() {
    const BROKEN: CoreTypeRef = CoreTypeRef {
        name: "Nope",
        list: false,
        item_non_null: false,
        non_null: true,
    };
    const ARGUMENT: CoreArgument = CoreArgument {
        name: "x",
        description: None,
        r#type: BROKEN,
        default: None,
        expected_type: None,
        deprecated: None,
    };
    const TYPE: CoreType = CoreType {
        name: "Thing",
        kind: CoreKind::Object,
        description: None,
        implements: &[],
        fields: &[CoreField {
            name: "make",
            description: None,
            arguments: &[ARGUMENT],
            returns: CoreTypeRef {
                name: "String",
                list: false,
                item_non_null: false,
                non_null: true,
            },
            default: None,
            expected_type: None,
            deprecated: None,
            experimental: None,
        }],
        members: &[],
    };
    insta::assert_snapshot!(
        core(&[TYPE]).unwrap_err(),
        @r#"Thing.make(x:) uses the type "Nope", which neither the core API nor the module defines"#
    );
}
