//! What a document asks about the schema, read once: types of introspection never depend on values, so that a selection is the same for all parts of
//! a kind.

use super::shape::Shape;
use async_graphql::parser::types::{Directive, Field, FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, ServerError};
use async_graphql_value::Value;
use indexmap::IndexMap;
use serde_json::Map;
use std::collections::HashMap;

/// Answers nested deeper than this are refused; types wrap each other less than ten times.
const MAX_DEPTH: usize = 64;

/// What is selected of a part of the schema.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) items: Vec<Item>,
}

/// One field.
#[derive(Debug)]
pub(crate) struct Item {
    /// The key in the response as JSON, quoted.
    pub(crate) key: String,
    pub(crate) field: Asked,
}

/// What is asked.
#[derive(Debug)]
pub(crate) enum Asked {
    /// `__typename`.
    Name(&'static str),
    /// A field.
    Field {
        name: &'static str,
        /// Whether to list what is deprecated.
        deprecated: bool,
        /// What is selected of its value, unless that is a scalar.
        below: Option<Plan>,
    },
}

/// Reads selections.
pub(crate) struct Reader<'d> {
    pub(crate) fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
    /// Values of the request's variables, defaults filled in.
    pub(crate) variables: &'d Map<String, serde_json::Value>,
}

type Collected<'d> = IndexMap<&'d str, (&'d Positioned<Field>, Vec<&'d SelectionSet>)>;

impl<'d> Reader<'d> {
    /// The plan for what a field selects of a value of that shape.
    pub(crate) fn plan_of(&self, shape: &'static Shape, field: &'d Positioned<Field>) -> Result<Plan, ServerError> {
        self.below(shape, vec![&field.node.selection_set.node], field.pos, 0)
    }

    fn below(
        &self,
        shape: &'static Shape,
        sets: Vec<&'d SelectionSet>,
        position: Pos,
        depth: usize,
    ) -> Result<Plan, ServerError> {
        if depth > MAX_DEPTH {
            let message = format!("questions about the schema nest more than {MAX_DEPTH} deep");
            return Err(ServerError::new(message, Some(position)));
        }
        let mut collected = Collected::new();
        for set in sets {
            self.collect(shape, set, &mut collected, 0)?;
        }
        if collected.is_empty() {
            let message = format!("select fields of `{}`", shape.name);
            return Err(ServerError::new(message, Some(position)));
        }
        let items = collected.into_iter().map(|(key, (field, sets))| {
            let key = serde_json::Value::from(key).to_string();
            let field = self.asked(shape, field, sets, depth)?;
            Ok(Item { key, field })
        });
        Ok(Plan {
            items: items.collect::<Result<_, ServerError>>()?,
        })
    }

    fn asked(
        &self,
        shape: &'static Shape,
        field: &'d Positioned<Field>,
        sets: Vec<&'d SelectionSet>,
        depth: usize,
    ) -> Result<Asked, ServerError> {
        let name = field.node.name.node.as_str();
        if name == "__typename" {
            return Ok(Asked::Name(shape.name));
        }
        let Some((name, returned)) = shape.field(name) else {
            let message = format!("`{}` has no field `{name}`", shape.name);
            return Err(ServerError::new(message, Some(field.pos)));
        };
        let below = returned.map(|returned| self.below(returned, sets, field.pos, depth + 1));
        Ok(Asked::Field {
            name,
            deprecated: self.argument(&field.node.arguments, "includeDeprecated") == Some(true.into()),
            below: below.transpose()?,
        })
    }

    fn collect(
        &self,
        shape: &'static Shape,
        set: &'d SelectionSet,
        into: &mut Collected<'d>,
        depth: usize,
    ) -> Result<(), ServerError> {
        for selection in &set.items {
            if depth > MAX_DEPTH {
                return Err(ServerError::new("a fragment contains itself", Some(selection.pos)));
            }
            match &selection.node {
                Selection::Field(field) if self.wanted(&field.node.directives) => {
                    let (_, sets) = into
                        .entry(field.node.response_key().node.as_str())
                        .or_insert_with(|| (field, Vec::new()));
                    sets.push(&field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) if self.wanted(&fragment.node.directives) => {
                    let on = fragment.node.type_condition.as_ref();
                    if on.is_none_or(|condition| condition.node.on.node == shape.name) {
                        self.collect(shape, &fragment.node.selection_set.node, into, depth + 1)?;
                    }
                }
                Selection::FragmentSpread(spread) if self.wanted(&spread.node.directives) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.fragments.get(name) else {
                        let message = format!("fragment `{name}` is not defined");
                        return Err(ServerError::new(message, Some(spread.pos)));
                    };
                    if fragment.node.type_condition.node.on.node == shape.name {
                        self.collect(shape, &fragment.node.selection_set.node, into, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether `@skip` and `@include` leave a selection in.
    pub(crate) fn wanted(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().all(|directive| {
            let condition = self.argument(&directive.node.arguments, "if");
            match directive.node.name.node.as_str() {
                "skip" => condition != Some(true.into()),
                "include" => condition != Some(false.into()),
                _ => true,
            }
        })
    }

    /// An argument's value, if it is given.
    pub(crate) fn argument(
        &self,
        arguments: &[(Positioned<Name>, Positioned<Value>)],
        name: &str,
    ) -> Option<serde_json::Value> {
        let (_, value) = arguments.iter().find(|(found, _)| found.node == name)?;
        match &value.node {
            Value::Variable(variable) => self.variables.get(variable.as_str()).cloned(),
            constant => constant.clone().into_const()?.into_json().ok(),
        }
    }
}
