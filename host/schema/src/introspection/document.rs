//! Questions about the schema in a document: they are taken out and answered here, the executor gets what is left.

use super::answer::{self, text};
use super::node::Node;
use super::plan::{Plan, Reader};
use super::shape::shape;
use crate::merge::Merged;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, ServerError};
use serde_json::{Map, Value};

/// What is asked about the schema, in the order of the document.
#[derive(Debug)]
pub(crate) struct Questions {
    /// Keys of the response; none for those of the executor.
    keys: Vec<(String, Option<Question>)>,
}

#[derive(Debug)]
enum Question {
    Schema(Plan),
    Type(String, Plan),
    Version,
    QueryName,
}

/// Takes the questions out of the operation that shall run; none when there are none, or no such operation.
///
/// # Errors
/// When they ask for something that schemas don't have.
pub(crate) fn split(
    document: &mut ExecutableDocument,
    operation: Option<&str>,
    given: Option<&Value>,
) -> Result<Option<Questions>, ServerError> {
    let fragments = &document.fragments;
    let operation = match &mut document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => match operation {
            Some(name) => operations.get_mut(&Name::new(name)),
            None if operations.len() == 1 => operations.values_mut().next(),
            None => None,
        },
    };
    let Some(operation) = operation.filter(|found| found.node.ty == OperationType::Query) else {
        return Ok(None);
    };
    let variables = variables(&operation.node, given);
    let reader = Reader {
        fragments,
        variables: &variables,
    };
    let set = operation.node.selection_set.node.clone();
    if !reader.asks(&set, 0) {
        return Ok(None);
    }
    let mut fields = Vec::new();
    reader.flatten(&set, &mut fields, 0);
    let only_questions = fields
        .iter()
        .all(|field| is_question(&field.node) || is_name(&field.node));
    let mut keys: Vec<(String, Option<Question>)> = Vec::new();
    for field in &fields {
        let key = field.node.response_key().node.to_string();
        if keys.iter().any(|(known, question)| *known == key && question.is_some()) {
            continue;
        }
        keys.push((key, reader.question(field, only_questions)?));
    }
    let rest = fields.into_iter().filter(|field| !is_question(&field.node));
    let rest = rest.map(|field| Positioned::new(Selection::Field(field.clone()), field.pos));
    operation.node.selection_set.node = SelectionSet {
        items: if only_questions { Vec::new() } else { rest.collect() },
    };
    Ok(Some(Questions { keys }))
}

impl Questions {
    /// Whether nothing is left for the executor.
    pub(crate) fn are_all(&self) -> bool {
        self.keys.iter().all(|(_, question)| question.is_some())
    }

    /// The response's `data` without that of an executor.
    pub(crate) fn answer(&self, merged: &Merged) -> String {
        self.write(merged, &Map::new())
    }

    /// The executor's response with the answers in it.
    pub(crate) fn complete(&self, merged: &Merged, response: &str) -> String {
        let Ok(Value::Object(mut parsed)) = serde_json::from_str(response) else {
            return response.to_owned();
        };
        let Some(Value::Object(data)) = parsed.get("data") else {
            return response.to_owned();
        };
        let data = self.write(merged, data);
        parsed.remove("data");
        let rest = Value::Object(parsed).to_string();
        match rest.strip_prefix('{') {
            Some("}") | None => format!("{{\"data\":{data}}}"),
            Some(rest) => format!("{{\"data\":{data},{rest}"),
        }
    }

    fn write(&self, merged: &Merged, data: &Map<String, Value>) -> String {
        let mut out = String::with_capacity(1 << 16);
        out.push('{');
        for (index, (key, question)) in self.keys.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            text(&mut out, key);
            out.push(':');
            match question {
                Some(Question::Schema(plan)) => answer::write(&mut out, merged, Node::Schema, plan),
                Some(Question::Type(name, plan)) => match merged.get(name) {
                    Some(found) => answer::write(&mut out, merged, Node::Type(found), plan),
                    None => out.push_str("null"),
                },
                Some(Question::Version) => text(&mut out, super::API_VERSION),
                Some(Question::QueryName) => text(&mut out, "Query"),
                None => out.push_str(&data.get(key).unwrap_or(&Value::Null).to_string()),
            }
        }
        out.push('}');
        out
    }
}

impl<'d> Reader<'d> {
    fn asks(&self, set: &SelectionSet, depth: usize) -> bool {
        depth < 8
            && set.items.iter().any(|selection| match &selection.node {
                Selection::Field(field) => is_question(&field.node),
                Selection::InlineFragment(fragment) => self.asks(&fragment.node.selection_set.node, depth + 1),
                Selection::FragmentSpread(spread) => self
                    .fragments
                    .get(&spread.node.fragment_name.node)
                    .is_some_and(|fragment| self.asks(&fragment.node.selection_set.node, depth + 1)),
            })
    }

    /// The fields of `Query` that are selected, fragments opened.
    fn flatten(&self, set: &'d SelectionSet, into: &mut Vec<&'d Positioned<Field>>, depth: usize) {
        for selection in set.items.iter().filter(|_| depth < 8) {
            match &selection.node {
                Selection::Field(field) if self.wanted(&field.node.directives) => into.push(field),
                Selection::InlineFragment(fragment) if self.wanted(&fragment.node.directives) => {
                    self.flatten(&fragment.node.selection_set.node, into, depth + 1);
                }
                Selection::FragmentSpread(spread) if self.wanted(&spread.node.directives) => {
                    if let Some(fragment) = self.fragments.get(&spread.node.fragment_name.node) {
                        self.flatten(&fragment.node.selection_set.node, into, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn question(&self, field: &'d Positioned<Field>, alone: bool) -> Result<Option<Question>, ServerError> {
        let plan = |name: &str| match shape(name) {
            Some(shape) => self.plan_of(shape, field),
            None => Err(ServerError::new(format!("there is no `{name}`"), Some(field.pos))),
        };
        Ok(match field.node.name.node.as_str() {
            "__schema" => Some(Question::Schema(plan("__Schema")?)),
            "__type" => {
                let name = self.argument(&field.node.arguments, "name");
                let Some(Value::String(name)) = name else {
                    return Err(ServerError::new(
                        "`__type` needs argument `name` of type String!",
                        Some(field.pos),
                    ));
                };
                Some(Question::Type(name, plan("__Type")?))
            }
            "__schemaVersion" => Some(Question::Version),
            "__typename" if alone => Some(Question::QueryName),
            _ => None,
        })
    }
}

fn is_question(field: &Field) -> bool {
    matches!(field.name.node.as_str(), "__schema" | "__type" | "__schemaVersion")
}

fn is_name(field: &Field) -> bool {
    field.name.node == "__typename"
}

/// Values of the operation's variables: given ones, else their defaults.
fn variables(operation: &OperationDefinition, given: Option<&Value>) -> Map<String, Value> {
    let values = operation.variable_definitions.iter().filter_map(|definition| {
        let name = definition.node.name.node.as_str();
        let default = || definition.node.default_value.as_ref()?.node.clone().into_json().ok();
        let value = given.and_then(|given| given.get(name)).cloned().or_else(default)?;
        Some((name.to_owned(), value))
    });
    values.collect()
}
