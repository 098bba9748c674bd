//! What a CommonJS file requires and exports, as far as its source says.
//!
//! The names are what `import { name } from` can take from it; the guest makes them real after running the file. Code that
//! builds its exports at run time exports `default` alone.

use crate::graph::imports::Import;
use oxc::ast::ast::{
    Argument, AssignmentExpression, AssignmentTarget, CallExpression, Expression, Function, ObjectExpression,
    ObjectPropertyKind, Program, TryStatement,
};
use oxc::ast_visit::{Visit, walk};
use oxc::syntax::scope::ScopeFlags;
use std::collections::BTreeSet;

/// What a CommonJS file requires and exports.
#[derive(Debug, Default)]
pub(crate) struct CommonJs {
    /// Names that it sets on its exports.
    pub(crate) exports: BTreeSet<String>,
    /// Files whose exports it takes over.
    pub(crate) reexports: Vec<String>,
    /// Calls of `require` with a plain string, in source order.
    pub(crate) requires: Vec<Required>,
}

/// A call of `require`.
#[derive(Debug)]
pub(crate) struct Required {
    pub(crate) import: Import,
    /// Whether it may never run: inside a function or a `try`.
    pub(crate) lazy: bool,
}

/// Reads a CommonJS file.
pub(crate) fn analyse(program: &Program<'_>) -> CommonJs {
    let mut reader = Reader::default();
    reader.visit_program(program);
    reader.found
}

#[derive(Default)]
struct Reader {
    found: CommonJs,
    guarded: u32,
}

impl<'a> Visit<'a> for Reader {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.guarded += 1;
        walk::walk_function(self, function, flags);
        self.guarded -= 1;
    }

    fn visit_arrow_function_expression(&mut self, function: &oxc::ast::ast::ArrowFunctionExpression<'a>) {
        self.guarded += 1;
        walk::walk_arrow_function_expression(self, function);
        self.guarded -= 1;
    }

    fn visit_try_statement(&mut self, statement: &TryStatement<'a>) {
        self.guarded += 1;
        walk::walk_try_statement(self, statement);
        self.guarded -= 1;
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        match &assignment.left {
            AssignmentTarget::StaticMemberExpression(member) if is_exports(&member.object) => {
                self.found.exports.insert(member.property.name.to_string());
            }
            AssignmentTarget::ComputedMemberExpression(member) if is_exports(&member.object) => {
                if let Some(name) = string(&member.expression) {
                    self.found.exports.insert(name.to_owned());
                }
            }
            AssignmentTarget::StaticMemberExpression(member)
                if is_module_exports(&member.object, &member.property.name) =>
            {
                self.replaced(&assignment.right);
            }
            _ => {}
        }
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Some(specifier) = required(call) {
            self.found.requires.push(Required {
                import: Import {
                    specifier: specifier.to_owned(),
                    span: call.span,
                },
                lazy: self.guarded > 0,
            });
        }
        match callee_name(&call.callee) {
            Some("defineProperty") => self.defined(call),
            Some("__exportStar" | "__export" | "__reExport") => self.starred(call),
            _ => {}
        }
        walk::walk_call_expression(self, call);
    }
}

impl Reader {
    /// `module.exports = …`.
    fn replaced(&mut self, value: &Expression<'_>) {
        match value.get_inner_expression() {
            Expression::ObjectExpression(object) => self.names_of(object),
            Expression::CallExpression(call) => {
                if let Some(specifier) = required(call) {
                    self.found.reexports.push(specifier.to_owned());
                }
            }
            Expression::AssignmentExpression(assignment) => self.replaced(&assignment.right),
            _ => {}
        }
    }

    fn names_of(&mut self, object: &ObjectExpression<'_>) {
        for property in &object.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(property) => {
                    if let Some(name) = property.key.static_name().and_then(|name| name.into_cow_str()) {
                        self.found.exports.insert(name.into_owned());
                    }
                }
                ObjectPropertyKind::SpreadProperty(spread) => self.replaced(&spread.argument),
            }
        }
    }

    /// `Object.defineProperty(exports, "name", …)`.
    fn defined(&mut self, call: &CallExpression<'_>) {
        let mut arguments = call.arguments.iter().filter_map(Argument::as_expression);
        if let (Some(target), Some(name)) = (arguments.next(), arguments.next().and_then(string))
            && is_exports(target)
        {
            self.found.exports.insert(name.to_owned());
        }
    }

    /// `__exportStar(require("…"), exports)`, `__export(require("…"))`, and esbuild's `__export(exports, { name: () => … })`.
    fn starred(&mut self, call: &CallExpression<'_>) {
        for argument in call.arguments.iter().filter_map(Argument::as_expression) {
            match argument.get_inner_expression() {
                Expression::CallExpression(inner) => {
                    if let Some(specifier) = required(inner) {
                        self.found.reexports.push(specifier.to_owned());
                    }
                }
                Expression::ObjectExpression(object) => self.names_of(object),
                _ => {}
            }
        }
    }
}

/// The specifier of `require("…")`.
fn required<'e>(call: &'e CallExpression<'_>) -> Option<&'e str> {
    match (&call.callee, call.arguments.as_slice()) {
        (Expression::Identifier(name), [argument]) if name.name == "require" => string(argument.as_expression()?),
        _ => None,
    }
}

fn callee_name<'e>(callee: &'e Expression<'_>) -> Option<&'e str> {
    match callee.get_inner_expression() {
        Expression::Identifier(name) => Some(name.name.as_str()),
        Expression::StaticMemberExpression(member) => Some(member.property.name.as_str()),
        Expression::SequenceExpression(sequence) => callee_name(sequence.expressions.last()?),
        _ => None,
    }
}

/// `exports` or `module.exports`.
fn is_exports(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::Identifier(name) => name.name == "exports",
        Expression::StaticMemberExpression(member) => is_module_exports(&member.object, &member.property.name),
        _ => false,
    }
}

fn is_module_exports(object: &Expression<'_>, property: &str) -> bool {
    property == "exports" && matches!(object, Expression::Identifier(name) if name.name == "module")
}

fn string<'e>(expression: &'e Expression<'_>) -> Option<&'e str> {
    match expression.get_inner_expression() {
        Expression::StringLiteral(literal) => literal.value.as_str(),
        Expression::TemplateLiteral(literal) => literal.single_quasi()?.as_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxc::allocator::Allocator;
    use oxc::parser::Parser;
    use oxc::span::SourceType;

    fn read(source: &str) -> (String, String, String) {
        let allocator = Allocator::default();
        let result = Parser::new(&allocator, source, SourceType::cjs()).parse();
        assert!(result.diagnostics.is_empty(), "{:?}", result.diagnostics);
        let found = analyse(&result.program);
        let requires = found.requires.iter().map(|each| {
            let mark = if each.lazy { "?" } else { "" };
            format!("{}{mark}", each.import.specifier)
        });
        (
            found.exports.into_iter().collect::<Vec<_>>().join(" "),
            found.reexports.join(" "),
            requires.collect::<Vec<_>>().join(" "),
        )
    }

    #[test]
    fn names_are_read_from_every_usual_form() {
        let expect = |source: &str, exports: &str, reexports: &str, requires: &str| {
            assert_eq!(
                read(source),
                (exports.to_owned(), reexports.to_owned(), requires.to_owned()),
                "{source}"
            );
        };
        expect("exports.a = 1; module.exports.b = exports['c'] = 2", "a b c", "", "");
        expect(
            "module.exports = { d, e: 1, 'f-g': 2, ...require('./h') }",
            "d e f-g",
            "./h",
            "./h",
        );
        expect("module.exports = exports = { a: 1 }", "a", "", "");
        expect("module.exports = require('./x')", "", "./x", "./x");
        expect("Object.defineProperty(exports, 'y', { get() {} })", "y", "", "");
        expect("__exportStar(require('./z'), exports)", "", "./z", "./z");
        expect("(0, tslib_1.__exportStar)(require('./z'), exports)", "", "./z", "./z");
        expect(
            "__export(src_exports, { p: () => p }); 0 && (module.exports = { q })",
            "p q",
            "",
            "",
        );
        expect(
            "let f; try { f = require('fs') } catch {} function g() { require(`./l`) }",
            "",
            "",
            "fs? ./l?",
        );
        expect("require(name); require('a', 'b'); other.exports = 1", "", "", "");
    }
}
