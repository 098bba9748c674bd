//! Whole files, as users see them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use dockwright_schema::core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef, TYPES};

use super::{client, code::WIDTH, core, dependencies};
use crate::{CodegenError, sample};

/// The SDK's tests import this file and call it.
#[test]
fn a_dependency_has_its_types_and_its_constructor() {
    sample::golden(
        "../../sdk-python/tests/bindings.py",
        &dependencies(&sample::modules()).unwrap(),
    );
}

/// Editors read bindings as part of the client, so that a call is completed.
#[test]
fn a_client_has_dependencies_in_it() {
    let text = client(TYPES, &sample::modules()).unwrap();
    let (_, class) = text.split_once("\nclass Client(Query):\n").unwrap();
    assert!(
        class.contains("    def ci(self, *, source: Directory | None = None"),
        "{class}"
    );
    assert!(text.contains("class CiReport(Type):"));
    assert!(text.contains("    \"CiReport\",\n"));
}

#[test]
fn a_dependency_is_known_by_its_name_in_the_manifest() {
    let text = dependencies(&[sample::module("my-ci", sample::ci())]).unwrap();
    assert!(text.contains("class MyCiReport(Type):"), "{text}");
    assert!(text.contains("    def my_ci(self, *"), "{text}");
    assert!(text.contains("self._select(\"myCi\""), "{text}");
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
