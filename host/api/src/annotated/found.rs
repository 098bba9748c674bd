//! The annotated functions of a module: those of its main object, and of objects that can be reached from it without arguments.

use crate::toolchain::Ignored;
use dockwright_schema::ModuleDef;
use dockwright_schema::module_def::{ArgumentDef, FunctionDef, TypeRef};
use dockwright_schema::names::kebab_case;

/// What a function is annotated as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `check`: it passes or fails.
    Check,
    /// `generate`: it returns the changes to make.
    Generate,
    /// `up`: it returns a service.
    Up,
}

impl Kind {
    /// What manifests call those that a toolchain leaves out. Generators that are run as checks are left out with either.
    pub(super) fn ignored(self, among: &[Kind]) -> &'static [Ignored] {
        match self {
            Kind::Check => &[Ignored::Checks],
            Kind::Generate if among.contains(&Kind::Check) => &[Ignored::Checks, Ignored::Generators],
            Kind::Generate => &[Ignored::Generators],
            Kind::Up => &[Ignored::Services],
        }
    }

    /// The annotation's name.
    pub(super) fn annotation(self) -> &'static str {
        match self {
            Kind::Check => "check",
            Kind::Generate => "generate",
            Kind::Up => "up",
        }
    }

    /// What users call such a function.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Kind::Check => "check",
            Kind::Generate => "generator",
            Kind::Up => "service",
        }
    }
}

/// An annotated function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Which of the module's toolchains has it; none for the module's own.
    pub toolchain: Option<usize>,
    /// Fields from the main object to the function, by their API names; the first one stands for a toolchain.
    pub path: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// Documentation; empty when there is none.
    pub description: String,
    /// Type of its result.
    pub returns: TypeRef,
}

impl Found {
    /// The name that users know it by: `lint`, `backend:test`.
    pub(crate) fn name(&self) -> String {
        let parts: Vec<String> = self.path.iter().map(|part| kebab_case(part)).collect();
        parts.join(":")
    }
}

/// Those of that kind, in the order of the source. A function that needs arguments is none: nobody is there to give them.
pub(super) fn find(def: &ModuleDef, kind: Kind) -> Vec<Found> {
    let mut found = Vec::new();
    walk(def, &def.main_object, kind, &mut Way::default(), &mut found);
    found
}

/// Where the walk is: fields, and the objects that they led through, so that it ends.
#[derive(Default)]
struct Way {
    fields: Vec<String>,
    objects: Vec<String>,
}

fn walk(def: &ModuleDef, object: &str, kind: Kind, way: &mut Way, found: &mut Vec<Found>) {
    let Some(object) = def.object(object) else { return };
    if way.objects.contains(&object.name) {
        return;
    }
    way.objects.push(object.name.clone());
    for function in object.functions.iter().filter(|function| is_callable(function)) {
        way.fields.push(function.name.clone());
        if function.annotations.get(kind.annotation()).is_some() {
            found.push(Found {
                toolchain: None,
                path: way.fields.clone(),
                kind,
                description: function.description.clone().unwrap_or_default(),
                returns: function.returns.clone(),
            });
        } else if let TypeRef::Object(next) = &function.returns {
            walk(def, next, kind, way, found);
        }
        way.fields.pop();
    }
    for field in &object.fields {
        if let TypeRef::Object(next) = &field.r#type {
            way.fields.push(field.name.clone());
            walk(def, next, kind, way, found);
            way.fields.pop();
        }
    }
    way.objects.pop();
}

fn is_callable(function: &FunctionDef) -> bool {
    !function.arguments.iter().any(ArgumentDef::is_required)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn module() -> ModuleDef {
        let function = |name: &str, returns: serde_json::Value, annotations: serde_json::Value| json!({"name": name, "returns": returns, "annotations": annotations});
        let text = json!({"kind": "string"});
        serde_json::from_value(json!({
            "mainObject": "Ci",
            "objects": [
                {"name": "Ci", "functions": [
                    function("lintAll", text.clone(), json!({"check": true})),
                    function("backend", json!({"kind": "object", "of": "Backend"}), json!({})),
                    function("build", text.clone(), json!({})),
                    {"name": "needy", "returns": text, "annotations": {"check": true}, "arguments": [{"name": "a", "type": text}]},
                    {"name": "lucky", "returns": text, "annotations": {"check": true}, "arguments": [{"name": "a", "type": text, "defaultValue": "x"}]},
                ]},
                {"name": "Backend", "functions": [
                    function("unit", text.clone(), json!({"check": true})),
                    function("again", json!({"kind": "object", "of": "Ci"}), json!({})),
                    function("docs", text.clone(), json!({"generate": true})),
                ]},
            ],
        }))
        .unwrap()
    }

    #[test]
    fn functions_are_found_below_objects_and_circles_end() {
        let names = |kind| find(&module(), kind).iter().map(Found::name).collect::<Vec<_>>();
        assert_eq!(names(Kind::Check), ["lint-all", "backend:unit", "lucky"]);
        assert_eq!(names(Kind::Generate), ["backend:docs"]);
        assert!(names(Kind::Up).is_empty());
    }
}
