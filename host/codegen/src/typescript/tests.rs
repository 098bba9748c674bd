//! Whole files, as users see them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use dockwright_schema::{
    ModuleDef,
    core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef, TYPES},
};

use super::{core, dependency, names};
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
                            {"name": "from", "type": {"kind": "string"}, "description": "Where to begin."},
                            {"name": "level", "type": {"kind": "enum", "of": "Severity"}, "defaultValue": "LOW"},
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
            "members": [{"name": "LOW", "value": "low", "description": "Not so bad."}, {"name": "VERY_HIGH", "value": "x"}]
        }],
        "interfaces": [{"name": "Duck", "functions": [{"name": "quack", "returns": {"kind": "string"}}]}]
    }))
    .unwrap()
}

/// The SDK's tests check the types of this file and call it.
#[test]
fn a_dependency_has_its_types_and_its_constructor() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk-typescript/tests/support/ci.gen.ts");
    let text = dependency("ci", &definition()).unwrap();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        text,
        "{} differs; run this test with INSTA_UPDATE=always",
        path.display()
    );
}

#[test]
fn a_dependency_is_known_by_its_name_in_the_manifest() {
    let text = dependency("my-ci", &definition()).unwrap();
    assert!(text.contains("export class MyCiReport extends BaseClient {"), "{text}");
    assert!(text.contains("    myCi(opts?: ClientMyCiOpts): MyCiCi;"), "{text}");
    assert!(text.contains("ctx.select(\"myCi\""), "{text}");
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
fn the_core_client_has_every_type() {
    let text = core(TYPES).unwrap();
    for core_type in TYPES {
        let name = names::type_name(core_type.name);
        let declaration = match core_type.kind {
            CoreKind::Object => format!("export class {name} extends BaseClient {{"),
            CoreKind::Interface => format!("export class _{name}Client extends BaseClient implements {name} {{"),
            CoreKind::Enum => format!("export enum {name} {{"),
            CoreKind::Input => format!("export type {name} = {{"),
            CoreKind::Scalar => format!("export type {name} = string & {{ __{name}: never }};"),
        };
        assert!(text.contains(&declaration), "{declaration}");
    }
    for expected in [
        "  withExec(args: string[], opts?: ContainerWithExecOpts): Container {\n    return new \
         Container(this._ctx.select(\"withExec\", { args, ...opts }, { expect: ENUM }));\n",
        "  sync(): Promise<Container> {\n    return this._ctx.select(\"sync\").synced(\"Container\", Container);\n",
        "  search(opts: DirectorySearchOpts): Promise<SearchResult[]> {\n",
        "const PORT_FORWARD: Kinds = { protocol: ENUM };\n",
        "  Function: Function_,\n",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
}

#[test]
fn what_typescript_cannot_express_is_an_error() {
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
