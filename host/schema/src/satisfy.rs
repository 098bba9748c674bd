//! Which objects satisfy which interfaces: structurally, by their functions. A field of an object stands for a function without arguments.
//!
//! Knows nothing of values: whether an object that arrives is of a type that satisfies is asked by whoever has the object.

use crate::module_def::{ArgumentDef, FunctionDef, TypeRef};
use crate::visible_module::VisibleModule;

/// API names of the objects and interfaces of these modules where the one satisfies the other.
pub fn satisfied(modules: &[VisibleModule]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for wants in modules {
        for interface in &wants.def.interfaces {
            for has in modules {
                for object in &has.def.objects {
                    if satisfies((has, &object.name), (wants, &interface.name)) {
                        found.push((has.type_name(&object.name), wants.type_name(&interface.name)));
                    }
                }
            }
        }
    }
    found
}

/// A type of a module, by its name in the module.
pub(crate) type OfModule<'a> = (&'a VisibleModule, &'a str);

/// Whether an object can be given where the interface is asked for. An interface can stand for another one too.
pub fn satisfies(object: OfModule<'_>, interface: OfModule<'_>) -> bool {
    Comparison::default().satisfies(object, interface)
}

/// What a type has to offer for a function of an interface.
enum Offered<'a> {
    Function(&'a FunctionDef),
    Field(&'a TypeRef),
}

fn offered<'a>((module, name): OfModule<'a>, function: &str) -> Option<Offered<'a>> {
    if let Some(object) = module.def.object(name) {
        let field = || object.fields.iter().find(|field| field.name == function);
        return object
            .function(function)
            .map(Offered::Function)
            .or_else(|| field().map(|field| Offered::Field(&field.r#type)));
    }
    module.def.interface(name)?.function(function).map(Offered::Function)
}

/// Pairs that are being compared: a type that leads back to itself satisfies unless something else is in the way.
#[derive(Default)]
struct Comparison<'a> {
    open: Vec<(OfModule<'a>, OfModule<'a>)>,
}

fn same(a: OfModule<'_>, b: OfModule<'_>) -> bool {
    a.0.id == b.0.id && a.1 == b.1
}

impl<'a> Comparison<'a> {
    fn satisfies(&mut self, object: OfModule<'a>, interface: OfModule<'a>) -> bool {
        if same(object, interface) {
            return true;
        }
        let Some(wanted) = interface.0.def.interface(interface.1) else {
            return false;
        };
        if self.open.iter().any(|(a, b)| same(*a, object) && same(*b, interface)) {
            return true;
        }
        self.open.push((object, interface));
        let result = wanted.functions.iter().all(|wanted| {
            offered(object, &wanted.name).is_some_and(|has| match has {
                Offered::Function(has) => self.function((object.0, has), (interface.0, wanted)),
                Offered::Field(of) => {
                    wanted.arguments.is_empty() && self.fits((object.0, of), (interface.0, &wanted.returns))
                }
            })
        });
        self.open.pop();
        result
    }

    fn function(
        &mut self,
        (has_in, has): (&'a VisibleModule, &'a FunctionDef),
        (wanted_in, wanted): (&'a VisibleModule, &'a FunctionDef),
    ) -> bool {
        let named = |function: &'a FunctionDef, name: &str| function.arguments.iter().find(|each| each.name == name);
        let takes_all = wanted.arguments.iter().all(|given: &'a ArgumentDef| {
            named(has, &given.name).is_some_and(|takes| {
                (given.is_required() || !takes.is_required())
                    && self.fits(
                        (wanted_in, given.r#type.without_optional().0),
                        (has_in, takes.r#type.without_optional().0),
                    )
            })
        });
        let needs_no_more = has
            .arguments
            .iter()
            .all(|takes| !takes.is_required() || named(wanted, &takes.name).is_some());
        takes_all && needs_no_more && self.fits((has_in, &has.returns), (wanted_in, &wanted.returns))
    }

    fn fits(
        &mut self,
        (has_in, has): (&'a VisibleModule, &'a TypeRef),
        (in_, wanted): (&'a VisibleModule, &'a TypeRef),
    ) -> bool {
        use TypeRef::{Enum, Input, Interface, List, Object, Optional, Scalar};
        match (has, wanted) {
            (Optional(has), Optional(wanted)) => self.fits((has_in, has), (in_, wanted)),
            (Optional(_), _) => false,
            (has, Optional(wanted)) => self.fits((has_in, has), (in_, wanted)),
            (List(has), List(wanted)) => self.fits((has_in, has), (in_, wanted)),
            (Object(has) | Interface(has), Object(wanted) | Interface(wanted)) => {
                match (has_in.defines(has), in_.defines(wanted)) {
                    (true, true) => self.satisfies((has_in, has), (in_, wanted)),
                    (false, false) => has == wanted,
                    _ => false,
                }
            }
            (Enum(has), Enum(wanted)) => {
                has == wanted && (has_in.id == in_.id || !(has_in.defines(has) || in_.defines(wanted)))
            }
            (Scalar(has), Scalar(wanted)) | (Input(has), Input(wanted)) => has == wanted,
            (has, wanted) => has == wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::execute::ModuleId;
    use serde_json::{Value, json};

    fn module(name: &str, def: Value) -> VisibleModule {
        VisibleModule {
            name: name.to_owned(),
            id: ModuleId(name.into()),
            def: std::sync::Arc::new(serde_json::from_value(def).unwrap()),
        }
    }

    fn zoo(functions: Value) -> VisibleModule {
        let interfaces = json!([{"name": "Duck", "functions": functions}]);
        module("zoo", json!({"mainObject": "Zoo", "interfaces": interfaces}))
    }

    fn pond(functions: Value) -> VisibleModule {
        let field = json!({"name": "name", "originalName": "name", "type": {"kind": "string"}});
        let objects = json!([{"name": "Mallard", "fields": [field], "functions": functions}]);
        module("pond", json!({"mainObject": "Pond", "objects": objects}))
    }

    fn function(name: &str, arguments: Value, returns: Value) -> Value {
        json!([{"name": name, "arguments": arguments, "returns": returns}])
    }

    fn fits(has: Value, wanted: Value) -> bool {
        satisfies((&pond(has), "Mallard"), (&zoo(wanted), "Duck"))
    }

    fn argument(name: &str, of: &str) -> Value {
        json!({"name": name, "type": {"kind": of}})
    }

    #[test]
    fn functions_are_compared_by_name_arguments_and_result() {
        let text = json!({"kind": "string"});
        let maybe = json!({"kind": "optional", "of": text});
        let optional = json!({"name": "x", "type": maybe});
        let plain = |returns: &Value| function("quack", json!([]), returns.clone());
        let with = |argument: Value| function("quack", json!([argument]), text.clone());
        assert!(fits(plain(&text), plain(&text)));
        assert!(
            fits(plain(&text), plain(&maybe)),
            "what is never null can stand for what may be"
        );
        assert!(!fits(plain(&maybe), plain(&text)));
        assert!(!fits(plain(&json!({"kind": "integer"})), plain(&text)));
        assert!(!fits(function("moo", json!([]), text.clone()), plain(&text)));
        assert!(fits(with(argument("x", "string")), with(argument("x", "string"))));
        assert!(!fits(with(argument("x", "integer")), with(argument("x", "string"))));
        assert!(!fits(with(argument("y", "string")), with(argument("x", "string"))));
        assert!(
            !fits(with(argument("x", "string")), plain(&text)),
            "it needs more than it is given"
        );
        assert!(fits(with(optional.clone()), plain(&text)));
        assert!(fits(with(optional.clone()), with(argument("x", "string"))));
        assert!(
            !fits(with(argument("x", "string")), with(optional)),
            "it may not be given"
        );
    }

    #[test]
    fn a_field_stands_for_a_function_without_arguments() {
        let text = json!({"kind": "string"});
        assert!(fits(json!([]), function("name", json!([]), text.clone())));
        assert!(!fits(
            json!([]),
            function("name", json!([argument("x", "string")]), text)
        ));
    }

    #[test]
    fn types_of_both_modules_are_compared_by_what_they_do() {
        let mallard = json!({"kind": "object", "of": "Mallard"});
        let duck = json!({"kind": "interface", "of": "Duck"});
        let container = json!({"kind": "object", "of": "Container"});
        assert!(fits(
            function("next", json!([]), mallard.clone()),
            function("next", json!([]), duck.clone())
        ));
        assert!(!fits(
            function("next", json!([]), container.clone()),
            function("next", json!([]), duck.clone())
        ));
        assert!(fits(
            function("image", json!([]), container.clone()),
            function("image", json!([]), container)
        ));
        let takes = |of: &Value| function("meet", json!([{"name": "x", "type": of}]), json!({"kind": "void"}));
        assert!(!fits(takes(&mallard), takes(&duck)), "not every duck is a mallard");
    }

    #[test]
    fn pairs_have_the_names_of_the_view() {
        let quack = function("quack", json!([]), json!({"kind": "void"}));
        let pond = VisibleModule {
            name: "my-pond".to_owned(),
            ..pond(quack.clone())
        };
        let pairs = satisfied(&[zoo(quack), pond]);
        assert_eq!(pairs, [("MyPondMallard".to_owned(), "ZooDuck".to_owned())]);
    }
}
