//! Checks a document against the merged types before anything runs. Lenient as clients expect (values are coerced when a field is called,
//! fragments on types that cannot match are allowed), strict where the executor would silently drop something: unknown fields, arguments, types.

use crate::graph_type::{GraphType, GraphTypeKind};
use crate::merge::Merged;
use async_graphql::parser::types::{ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, ServerError};
use std::collections::HashMap;

/// Fields nested deeper than this are refused; a chain of n calls nests n deep.
pub(crate) const MAX_DEPTH: usize = 1000;

/// All that is wrong with the document, at most one error per selection set.
pub(crate) fn check(merged: &Merged, document: &ExecutableDocument) -> Vec<ServerError> {
    let mut checker = Checker {
        merged,
        fragments: &document.fragments,
        errors: Vec::new(),
        open: Vec::new(),
    };
    if let Some(query) = merged.get("Query") {
        for (_, operation) in document.operations.iter() {
            checker.selections(query, &operation.node.selection_set.node, 0);
        }
    }
    checker.errors
}

struct Checker<'a> {
    merged: &'a Merged,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    errors: Vec<ServerError>,
    open: Vec<&'a str>,
}

impl<'a> Checker<'a> {
    fn error(&mut self, message: String, position: Pos) {
        self.errors.push(ServerError::new(message, Some(position)));
    }

    fn selections(&mut self, parent: &GraphType, set: &'a SelectionSet, depth: usize) {
        for selection in &set.items {
            if depth > MAX_DEPTH {
                return self.error(
                    format!("the query nests more than {MAX_DEPTH} fields; split it by asking for an id on the way"),
                    selection.pos,
                );
            }
            match &selection.node {
                Selection::Field(field) => self.field(parent, &field.node, field.pos, depth),
                Selection::InlineFragment(fragment) => {
                    let on = fragment
                        .node
                        .type_condition
                        .as_ref()
                        .map(|condition| condition.node.on.node.as_str());
                    self.fragment(parent, on, &fragment.node.selection_set.node, fragment.pos, depth);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if self.open.contains(&name) {
                        self.error(format!("fragment `{name}` contains itself"), spread.pos);
                        continue;
                    }
                    match self.fragments.get(name) {
                        Some(fragment) => {
                            self.open.push(name);
                            let on = Some(fragment.node.type_condition.node.on.node.as_str());
                            self.fragment(parent, on, &fragment.node.selection_set.node, spread.pos, depth);
                            self.open.pop();
                        }
                        None => self.error(format!("fragment `{name}` is not defined"), spread.pos),
                    }
                }
            }
        }
    }

    fn fragment(&mut self, parent: &GraphType, on: Option<&str>, set: &'a SelectionSet, position: Pos, depth: usize) {
        let Some(name) = on else {
            return self.selections(parent, set, depth + 1);
        };
        match self.merged.get(name) {
            Some(found) if found.is_object() => self.selections(found, set, depth + 1),
            _ => self.error(format!("there is no object type `{name}`"), position),
        }
    }

    fn field(&mut self, parent: &GraphType, field: &'a Field, position: Pos, depth: usize) {
        let name = field.name.node.as_str();
        if name.starts_with("__") {
            return;
        }
        let Some(declared) = parent.field(name) else {
            let near = closest(
                name,
                parent.fields().into_iter().flatten().map(|(name, _)| name.as_ref()),
            );
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return self.error(format!("`{}` has no field `{name}`{hint}", parent.name), position);
        };
        for (argument, _) in &field.arguments {
            if declared.argument(argument.node.as_str()).is_none() {
                self.error(
                    format!("`{}.{name}` has no argument `{}`", parent.name, argument.node),
                    argument.pos,
                );
            }
        }
        let missing = declared
            .arguments
            .iter()
            .find(|argument| argument.is_required() && field.get_argument(&argument.name).is_none());
        if let Some(missing) = missing {
            self.error(
                format!(
                    "`{}.{name}` needs argument `{}` of type {}",
                    parent.name, missing.name, missing.r#type
                ),
                position,
            );
        }
        let Some(returned) = self.merged.get(declared.returns.name()) else {
            return;
        };
        let selected = &field.selection_set.node;
        match returned.kind {
            GraphTypeKind::Object { .. } | GraphTypeKind::Interface { .. } if selected.items.is_empty() => {
                self.error(
                    format!(
                        "`{}.{name}` is an object of type {}: select fields of it",
                        parent.name, returned.name
                    ),
                    position,
                );
            }
            GraphTypeKind::Object { .. } | GraphTypeKind::Interface { .. } => {
                self.selections(returned, selected, depth + 1)
            }
            _ if !selected.items.is_empty() => {
                self.error(
                    format!(
                        "`{}.{name}` is a {}: it has no fields to select",
                        parent.name, returned.name
                    ),
                    position,
                );
            }
            _ => {}
        }
    }
}

/// The name that differs least, when the difference is small.
pub fn closest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    names
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance, case ignored.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let next = (*cell + 1).min(left + 1).min(diagonal + usize::from(x != *y));
            diagonal = std::mem::replace(cell, next);
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
