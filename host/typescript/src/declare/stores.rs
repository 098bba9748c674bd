//! Constructors that only store their arguments: the host makes the state and need not run the code.
//!
//! It says so only when the state is the same to the letter: no base class, no other decorator, no initialised property,
//! no accessor, and each parameter kept once under one key, with a default only where the definition states it.

use crate::bundle::BundleArgument;
use crate::declare::declaring::Declare;
use crate::declare::decorator;
use crate::declare::parameter::name_of;
use crate::declare::project::File;
use dockwright_schema::module_def::FunctionDef;
use oxc::ast::ast::{
    AssignmentOperator, AssignmentTarget, Class, ClassElement, Expression, MethodDefinition, MethodDefinitionKind,
    Statement,
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

impl<'s> Declare<'_, 's> {
    /// Argument to key of the state, when the constructor does nothing else.
    pub(crate) fn stored(
        &self,
        file: File,
        class: &Class<'s>,
        constructor: Option<&MethodDefinition<'s>>,
        def: &FunctionDef,
        arguments: &[BundleArgument],
    ) -> Option<Map<String, Value>> {
        let ours =
            class.decorators.len() == 1 && decorator::find(self.project, file, &class.decorators, "object").is_some();
        if !ours || class.heritage.is_some() || !class.body.body.iter().all(leaves_state_alone) {
            return None;
        }
        let Some(constructor) = constructor else {
            return Some(Map::new());
        };
        let parameters = &constructor.value.params;
        if parameters.rest.is_some() || parameters.items.len() != def.arguments.len() {
            return None;
        }
        let mut keys = assignments(constructor)?;
        let mut result = Map::new();
        let mut used = BTreeSet::new();
        for ((parameter, def), argument) in parameters.items.iter().zip(&def.arguments).zip(arguments) {
            let name = name_of(&parameter.pattern)?;
            let filled = parameter.initializer.is_some() && def.default_value.is_none();
            let assigned = keys.remove(name);
            let key = match (parameter.has_modifier(), assigned) {
                (true, None) => name.to_owned(),
                (false, Some(key)) => key,
                _ => return None,
            };
            if filled || !used.insert(key.clone()) {
                return None;
            }
            result.insert(argument.name.clone(), key.into());
        }
        keys.is_empty().then_some(result)
    }
}

/// Whether a member neither sets a value nor reacts when one is set.
fn leaves_state_alone(element: &ClassElement<'_>) -> bool {
    match element {
        ClassElement::PropertyDefinition(property) => {
            let state = property.r#static || property.value.is_none();
            state && !property.computed && !property.key.is_private_identifier()
        }
        ClassElement::MethodDefinition(method) => {
            let accessor = matches!(method.kind, MethodDefinitionKind::Get | MethodDefinitionKind::Set);
            method.r#static || (!accessor && !method.computed)
        }
        ClassElement::TSIndexSignature(_) => true,
        ClassElement::StaticBlock(_) | ClassElement::AccessorProperty(_) => false,
    }
}

/// Parameter to key of a body of nothing but `this.key = parameter`; none when it does something else.
fn assignments(constructor: &MethodDefinition<'_>) -> Option<BTreeMap<String, String>> {
    let body = constructor.value.body.as_ref()?;
    let mut keys = BTreeMap::new();
    for statement in &body.statements {
        let Statement::ExpressionStatement(statement) = statement else {
            return None;
        };
        let Expression::AssignmentExpression(assignment) = &statement.expression else {
            return None;
        };
        let (AssignmentTarget::StaticMemberExpression(target), Expression::Identifier(value)) =
            (&assignment.left, &assignment.right)
        else {
            return None;
        };
        let plain = assignment.operator == AssignmentOperator::Assign;
        if !plain || !matches!(target.object, Expression::ThisExpression(_)) {
            return None;
        }
        let key = target.property.name.to_string();
        if keys.insert(value.name.to_string(), key).is_some() {
            return None;
        }
    }
    Some(keys)
}
