//! What clients leave out of documents, put in: an object that nothing is selected of is asked for its ID; what is selected of a scalar is ignored.
//!
//! Comes before `validate`, which then finds a document that GraphQL allows.

use crate::graph_type::GraphType;
use crate::merge::Merged;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned};
use serde_json::Value;

/// Key of an ID that nobody asked for by name.
const KEY: &str = "__dockwright_id";

/// Completes the document; tells whether [`collapse`] has to follow.
pub(crate) fn complete(merged: &Merged, document: &mut ExecutableDocument) -> bool {
    let mut walk = Walk { merged, added: false };
    if let Some(query) = merged.get("Query") {
        match &mut document.operations {
            DocumentOperations::Single(operation) => walk.set(query, &mut operation.node.selection_set.node),
            DocumentOperations::Multiple(operations) => operations
                .values_mut()
                .for_each(|operation| walk.set(query, &mut operation.node.selection_set.node)),
        }
    }
    for fragment in document.fragments.values_mut() {
        if let Some(on) = merged.get(&fragment.node.type_condition.node.on.node) {
            walk.set(on, &mut fragment.node.selection_set.node);
        }
    }
    walk.added
}

struct Walk<'m> {
    merged: &'m Merged,
    added: bool,
}

impl Walk<'_> {
    fn set(&mut self, parent: &GraphType, set: &mut SelectionSet) {
        for selection in &mut set.items {
            match &mut selection.node {
                Selection::Field(field) => self.field(parent, &mut field.node, selection.pos),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let on = on.map_or(Some(parent), |condition| self.merged.get(&condition.node.on.node));
                    if let Some(on) = on {
                        self.set(on, &mut fragment.node.selection_set.node);
                    }
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn field(&mut self, parent: &GraphType, field: &mut Field, position: Pos) {
        let returned = parent
            .field(&field.name.node)
            .and_then(|declared| self.merged.get(declared.returns.name()));
        let Some(returned) = returned else { return };
        let set = &mut field.selection_set.node;
        if !returned.is_object() {
            set.items.clear();
        } else if !set.items.is_empty() {
            self.set(returned, set);
        } else if returned.field("id").is_some() {
            set.items
                .push(Positioned::new(Selection::Field(id(position)), position));
            self.added = true;
        }
    }
}

fn id(position: Pos) -> Positioned<Field> {
    let at = |name: &str| Positioned::new(Name::new(name), position);
    let field = Field {
        alias: Some(at(KEY)),
        name: at("id"),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::default(),
    };
    Positioned::new(field, position)
}

/// The response with IDs in place of the objects that only an ID was added to.
pub(crate) fn collapse(response: String) -> String {
    match serde_json::from_str::<Value>(&response) {
        Ok(mut parsed) => {
            parsed.get_mut("data").into_iter().for_each(walk);
            parsed.to_string()
        }
        Err(_) => response,
    }
}

fn walk(value: &mut Value) {
    match value {
        Value::Object(map) => match map.remove(KEY) {
            Some(id) => *value = id,
            None => map.values_mut().for_each(walk),
        },
        Value::Array(items) => items.iter_mut().for_each(walk),
        _ => {}
    }
}
