//! Types of expressions, where the schema or the module's own declarations decide them.
//!
//! It knows chains of calls from `dag`, `this`, parameters and variables. It never guesses: what it does not know has no type.

use crate::declare::core;
use crate::declare::declaring::Declare;
use crate::declare::function::within;
use crate::declare::lookup::Found;
use crate::declare::parameter::name_of;
use crate::declare::property;
use crate::declare::returns::Body;
use crate::declare::scope::Node;
use crate::declare::types::{Context, optional, type_of_constant};
use dockwright_schema::module_def::TypeRef;
use oxc::ast::ast::{
    BinaryOperator, ChainElement, ClassElement, Expression, FormalParameters, MethodDefinition, MethodDefinitionKind,
    StaticMemberExpression,
};
use oxc::span::GetSpan;

/// Variables that lead to variables.
const DEEPEST: u32 = 12;

/// The names that a function's body knows.
#[derive(Clone, Copy)]
pub(crate) struct Locals<'n, 's> {
    parameters: &'n FormalParameters<'s>,
    body: &'n Body<'n, 's>,
    depth: u32,
}

/// What an expression is.
enum Known {
    /// The API's entry, `dag`.
    Api,
    Value(TypeRef),
}

impl<'s> Declare<'_, 's> {
    /// The result of a method, from its return statements; none when they do not tell.
    pub(crate) fn inferred_result(&mut self, context: Context<'s>, method: &MethodDefinition<'s>) -> Option<TypeRef> {
        let place = (context.file, method.key.span().start);
        if let Some(known) = self.results.get(&place) {
            return known.clone();
        }
        self.results.insert(place, None);
        let body = Body::of(&method.value.body.as_ref()?.statements);
        let locals = Locals {
            parameters: &method.value.params,
            body: &body,
            depth: 0,
        };
        let mut result = None;
        for value in &body.returns {
            let found = match value {
                None => TypeRef::Void,
                Some(value) => self.type_of_expression(context, Some(locals), value)?,
            };
            if result.as_ref().is_some_and(|known| *known != found) {
                return None;
            }
            result = Some(found);
        }
        let result = Some(result.unwrap_or(TypeRef::Void));
        self.results.insert(place, result.clone());
        result
    }

    /// The type of an expression; none when nothing decides it.
    pub(crate) fn type_of_expression(
        &mut self,
        context: Context<'s>,
        locals: Option<Locals<'_, 's>>,
        expression: &Expression<'s>,
    ) -> Option<TypeRef> {
        match self.known(context, locals, expression)? {
            Known::Api => None,
            Known::Value(of) => Some(of),
        }
    }

    fn known(
        &mut self,
        context: Context<'s>,
        locals: Option<Locals<'_, 's>>,
        expression: &Expression<'s>,
    ) -> Option<Known> {
        let value = |of: TypeRef| Some(Known::Value(of));
        match expression {
            Expression::TSAsExpression(cast) => value(self.type_of(context, &cast.type_annotation).ok()?),
            Expression::TSNonNullExpression(inner) => {
                let of = self.type_of_expression(context, locals, &inner.expression)?;
                value(of.without_optional().0.clone())
            }
            Expression::ParenthesizedExpression(inner) => self.known(context, locals, &inner.expression),
            Expression::TSSatisfiesExpression(inner) => self.known(context, locals, &inner.expression),
            Expression::AwaitExpression(inner) => self.known(context, locals, &inner.argument),
            Expression::TemplateLiteral(_) => value(TypeRef::String),
            Expression::ThisExpression(_) => {
                let (_, class) = context.this?;
                value(TypeRef::Object(class.name.to_owned()))
            }
            Expression::NewExpression(new) => match self.project.find_expression(context.file, &new.callee)? {
                Found::Own(at, declaring) if matches!(declaring.node, Node::Class(_)) => {
                    value(self.own(context, at, declaring, new.span).ok()?)
                }
                _ => None,
            },
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => {
                let left = self.type_of_expression(context, locals, &binary.left)?;
                let right = self.type_of_expression(context, locals, &binary.right)?;
                let text = left == TypeRef::String || right == TypeRef::String;
                text.then_some(Known::Value(TypeRef::String))
            }
            Expression::ConditionalExpression(choice) => {
                let first = self.type_of_expression(context, locals, &choice.consequent)?;
                let second = self.type_of_expression(context, locals, &choice.alternate)?;
                (first == second).then_some(Known::Value(first))
            }
            Expression::Identifier(id) => self.variable(context, locals, &id.name).or_else(|| {
                let local = locals.is_some_and(|locals| locals.knows(&id.name));
                let constant = self.constant(context.file, expression).filter(|_| !local)?;
                value(type_of_constant(&constant)?)
            }),
            Expression::CallExpression(call) => match &call.callee {
                Expression::StaticMemberExpression(member) => self.called(context, locals, member),
                _ => None,
            },
            Expression::StaticMemberExpression(member) => {
                let read = self.read(context, locals, member);
                read.or_else(|| {
                    let constant = self.constant(context.file, expression)?;
                    value(type_of_constant(&constant)?)
                })
            }
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => match &call.callee {
                    Expression::StaticMemberExpression(member) => match self.called(context, locals, member)? {
                        Known::Value(of) => value(optional(of)),
                        Known::Api => None,
                    },
                    _ => None,
                },
                _ => None,
            },
            other => {
                let constant = self.constant(context.file, other)?;
                value(type_of_constant(&constant)?)
            }
        }
    }

    fn variable(&mut self, context: Context<'s>, locals: Option<Locals<'_, 's>>, name: &str) -> Option<Known> {
        if let Some(locals) = locals.filter(|locals| locals.knows(name)) {
            let deeper = Locals {
                depth: locals.depth + 1,
                ..locals
            };
            let mut named = locals.body.variables.iter().filter(|variable| variable.name == name);
            return match (named.next(), named.next()) {
                (Some(variable), None) if locals.depth < DEEPEST => match (variable.annotation, variable.value) {
                    (Some(annotation), _) => self.type_of(context, annotation).ok().map(Known::Value),
                    (None, Some(value)) => self.known(context, Some(deeper), value),
                    (None, None) => None,
                },
                (None, _) => {
                    let parameters = &locals.parameters.items;
                    let parameter = parameters.iter().find(|each| name_of(&each.pattern) == Some(name))?;
                    let annotation = parameter.type_annotation.as_deref().map(|note| &note.type_annotation);
                    let of = self.type_of(context, annotation?).ok()?;
                    Some(Known::Value(if parameter.optional { optional(of) } else { of }))
                }
                _ => None,
            };
        }
        self.is_sdk(context.file, name, "dag").then_some(Known::Api)
    }

    /// `receiver.method(…)`.
    fn called(
        &mut self,
        context: Context<'s>,
        locals: Option<Locals<'_, 's>>,
        member: &StaticMemberExpression<'s>,
    ) -> Option<Known> {
        let name = member.property.name.as_str();
        let core = match self.known(context, locals, &member.object)? {
            Known::Api => dockwright_schema::core_types::get("Query")?,
            Known::Value(of) => match of {
                TypeRef::Object(object) => match self.class_named(&object) {
                    Some((file, declaring)) => {
                        let Node::Class(class) = declaring.node else {
                            return None;
                        };
                        let (at, method) = self.method_named(file, class, name)?;
                        if method.kind != MethodDefinitionKind::Method {
                            return None;
                        }
                        let inner = within(at, (file, declaring));
                        return match &method.value.return_type {
                            Some(written) => self.type_of(inner, &written.type_annotation).ok(),
                            None => self.inferred_result(inner, method),
                        }
                        .map(Known::Value);
                    }
                    None => core::get(&object)?,
                },
                _ => return None,
            },
        };
        core::field_type(core::field(core, name)?).map(Known::Value)
    }

    /// `receiver.property`.
    fn read(
        &mut self,
        context: Context<'s>,
        locals: Option<Locals<'_, 's>>,
        member: &StaticMemberExpression<'s>,
    ) -> Option<Known> {
        let Known::Value(TypeRef::Object(object)) = self.known(context, locals, &member.object)? else {
            return None;
        };
        let name = member.property.name.as_str();
        let (file, declaring) = self.class_named(&object)?;
        let Node::Class(class) = declaring.node else {
            return None;
        };
        for (at, element) in self.members(file, class) {
            let inner = within(at, (file, declaring));
            match element {
                ClassElement::PropertyDefinition(found) if property::name_of(found).as_deref() == Some(name) => {
                    let untyped = found.type_annotation.is_none();
                    if untyped && locals.is_none() {
                        // Fields that are made of each other have no type.
                        return None;
                    }
                    return self.type_of_property(inner, found).ok().map(Known::Value);
                }
                ClassElement::MethodDefinition(method) if method.kind == MethodDefinitionKind::Constructor => {
                    let mut kept = method.value.params.items.iter().filter(|each| each.has_modifier());
                    if let Some(parameter) = kept.find(|each| name_of(&each.pattern) == Some(name)) {
                        let note = parameter.type_annotation.as_deref()?;
                        let of = self.type_of(inner, &note.type_annotation).ok()?;
                        return Some(Known::Value(if parameter.optional { optional(of) } else { of }));
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn class_named(&self, name: &str) -> Option<(usize, crate::declare::scope::Declaring<'s>)> {
        let file = self.registry.file_of(name)?;
        let declaring = self.project.scope(file)?.declarations.get(name)?;
        matches!(declaring.node, Node::Class(_)).then_some((file, *declaring))
    }
}

impl Locals<'_, '_> {
    fn knows(&self, name: &str) -> bool {
        let variable = self.body.variables.iter().any(|variable| variable.name == name);
        variable
            || self
                .parameters
                .items
                .iter()
                .any(|each| name_of(&each.pattern) == Some(name))
    }
}
