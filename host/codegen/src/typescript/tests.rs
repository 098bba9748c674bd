//! Whole files, as users see them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use dockwright_schema::core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef, TYPES};

use super::{core, dependencies, names};
use crate::{CodegenError, sample};

/// The SDK's tests check the types of this file and call it.
#[test]
fn a_dependency_has_its_types_and_its_constructor() {
    sample::golden(
        "../../sdk-typescript/tests/support/ci.gen.ts",
        &dependencies(&sample::modules()).unwrap(),
    );
}

#[test]
fn a_dependency_is_known_by_its_name_in_the_manifest() {
    let text = dependencies(&[sample::module("my-ci", sample::ci())]).unwrap();
    assert!(text.contains("export class MyCiReport extends BaseClient {"), "{text}");
    assert!(text.contains("    myCi(opts?: ClientMyCiOpts): MyCi;"), "{text}");
    assert!(text.contains("ctx.select(\"myCi\""), "{text}");
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
