//! Definitions that are right, wrong and hostile, through the conversion from WIT.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::*;
use crate::language::Language;

fn source() -> ModuleSource {
    ModuleSource {
        name: "m".into(),
        digest: "d0".into(),
        language: Language::Component { path: "m.wasm".into() },
    }
}

fn resolve(types: &[wit::TypeDef], index: u32) -> Converted<TypeRef> {
    let source = source();
    Context { types, source: &source }.type_ref(index, "the result of `Main.f`")
}

fn function(arguments: Vec<wit::ArgumentDef>) -> wit::ModuleDef {
    let function = wit::FunctionDef {
        name: "f".into(),
        description: None,
        arguments,
        returns: 0,
        location: None,
        annotations: vec![],
    };
    let object = wit::ObjectDef {
        name: "Main".into(),
        description: None,
        fields: vec![],
        functions: vec![function],
        constructor: None,
        location: None,
        annotations: vec![],
    };
    wit::ModuleDef {
        description: None,
        main_object: "Main".into(),
        types: vec![wit::TypeDef::Void],
        objects: vec![object],
        enums: vec![],
        interfaces: vec![],
        annotations: vec![],
    }
}

fn argument(default_value: Option<&str>, annotation: Option<&str>) -> wit::ArgumentDef {
    let annotation = annotation.map(|value| wit::Annotation {
        name: "ignore".into(),
        value: value.into(),
    });
    wit::ArgumentDef {
        name: "a".into(),
        description: None,
        type_: 0,
        default_value: default_value.map(Into::into),
        annotations: annotation.into_iter().collect(),
    }
}

#[test]
fn the_table_becomes_a_tree() {
    let types = [
        wit::TypeDef::Optional(1),
        wit::TypeDef::List(2),
        wit::TypeDef::Object("File".into()),
    ];
    let file = TypeRef::Object("File".into());
    assert_eq!(
        resolve(&types, 0),
        Ok(TypeRef::Optional(Box::new(TypeRef::List(Box::new(file)))))
    );
}

#[test]
fn bad_tables_are_errors() {
    let chain: Vec<_> = (1..=100_000)
        .map(wit::TypeDef::List)
        .chain([wit::TypeDef::String])
        .collect();
    let errors = [
        resolve(&[wit::TypeDef::String], 1),
        resolve(&[wit::TypeDef::List(u32::MAX)], 0),
        resolve(&[wit::TypeDef::List(0)], 0),
        resolve(
            &[wit::TypeDef::List(1), wit::TypeDef::Optional(2), wit::TypeDef::List(1)],
            0,
        ),
        resolve(&chain, 0),
    ];
    let told: Vec<_> = errors.into_iter().map(|error| error.unwrap_err().to_string()).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    the result of `Main.f` has type number 1, but there are only 1 types
    the result of `Main.f` has type number 4294967295, but there are only 1 types
    the type of the result of `Main.f` contains itself
    the type of the result of `Main.f` contains itself
    the type of the result of `Main.f` is nested more than 32 levels deep
    ");
    let end = u32::try_from(chain.len()).unwrap() - 1;
    assert!(resolve(&chain, end - 32).is_ok());
    assert!(resolve(&chain, end - 33).is_err());
}

#[test]
fn values_must_be_json() {
    let errors = [argument(Some("nope"), None), argument(None, Some("['.git']"))]
        .map(|argument| module_def(function(vec![argument]), &source()).unwrap_err().to_string());
    insta::assert_snapshot!(errors.join("\n"), @"
    the default value of argument `a` of `Main.f` is not JSON: expected ident at line 1 column 2
    annotation `ignore` of argument `a` of `Main.f` is not JSON: expected value at line 1 column 2
    ");
    assert!(module_def(function(vec![argument(Some("[1]"), Some("[\".git\"]"))]), &source()).is_ok());
}
