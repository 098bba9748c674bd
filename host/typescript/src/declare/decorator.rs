//! The SDK's decorators and their options.

use crate::declare::constant::Constant;
use crate::declare::declaring::Declare;
use crate::declare::lookup::Found;
use crate::declare::project::{File, Project};
use crate::problem::Problem;
use oxc::ast::ast::{Argument, CallExpression, Decorator, Expression};
use oxc::span::GetSpan;
use serde_json::{Map, Value};

const NAMES: &[&str] = &[
    "object", "func", "field", "argument", "enumType", "check", "generate", "up",
];

/// The call of the SDK's decorator of that name, when it is among them.
pub(crate) fn find<'n, 's>(
    project: &Project<'s>,
    file: File,
    decorators: &'n [Decorator<'s>],
    name: &str,
) -> Option<&'n Decorator<'s>> {
    decorators
        .iter()
        .find(|each| name_of(project, file, each) == Some(name))
}

/// The SDK's name of a decorator; none for one of someone else.
fn name_of<'s>(project: &Project<'s>, file: File, decorator: &Decorator<'s>) -> Option<&'s str> {
    match project.find_expression(file, called(decorator).0)? {
        Found::Sdk(name) => Some(name),
        _ => None,
    }
}

fn called<'n, 's>(decorator: &'n Decorator<'s>) -> (&'n Expression<'s>, Option<&'n CallExpression<'s>>) {
    match &decorator.expression {
        Expression::CallExpression(call) => (&call.callee, Some(call)),
        other => (other, None),
    }
}

/// What is wrong with the way a decorator is written: not called, or not imported.
pub(crate) fn misuse<'s>(walk: &Declare<'_, 's>, file: File, decorator: &Decorator<'s>) -> Option<Problem> {
    let (callee, call) = called(decorator);
    if let Some(name) = name_of(walk.project, file, decorator).filter(|name| NAMES.contains(name)) {
        let message = format!("the decorator @{name} must be called");
        return call
            .is_none()
            .then(|| walk.problem_at(file, decorator.span, message, format!("write `@{name}()`")));
    }
    match callee {
        Expression::Identifier(id) if NAMES.contains(&id.name.as_str()) => {
            let unknown = walk.project.find(file, &id.name).is_none();
            let message = format!("the decorator @{} is not imported", id.name);
            let help = format!("write `import {{ {} }} from \"@dagger.io/dagger\"`", id.name);
            unknown.then(|| walk.problem_at(file, decorator.span, message, help))
        }
        _ => None,
    }
}

impl<'s> Declare<'_, 's> {
    /// The options of a decorator call: one constant object, or none. A text stands for `alias`.
    pub(crate) fn options(&mut self, file: File, decorator: &Decorator<'s>, known: &[&str]) -> Map<String, Value> {
        let Some(argument) = called(decorator).1.and_then(|call| call.arguments.first()) else {
            return Map::new();
        };
        let constant = Argument::as_expression(argument).and_then(|value| self.constant(file, value));
        let help = format!("the options are constants: {}", known.join(", "));
        match constant.map(Constant::into_json) {
            Some(Value::String(alias)) if known.contains(&"alias") => {
                Map::from_iter([("alias".to_owned(), Value::String(alias))])
            }
            Some(Value::Object(options)) => {
                let unknown = options.keys().find(|key| !known.contains(&key.as_str()));
                if let Some(unknown) = unknown {
                    self.problem(file, argument.span(), format!("there is no option `{unknown}`"), help);
                }
                options
            }
            _ => {
                let message = "the options of this decorator cannot be read without running the code";
                self.problem(file, argument.span(), message, help);
                Map::new()
            }
        }
    }
}
