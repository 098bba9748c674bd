//! Resolved values as the executor takes them. Where a field promises only an interface of the core API, the executor must be told what type
//! an object has; the document says as what it wants to see it.

use crate::object_id::ObjectId;
use crate::resolve::{Resolve, Resolved};
use async_graphql::dynamic::{FieldValue, ResolverContext};
use async_graphql::parser::types::Selection;
use async_graphql::{Positioned, Value as ConstValue};

/// What a document asks of a field's object whose type it does not know.
pub(crate) struct Asked {
    /// Types of the fragments.
    types: Vec<String>,
    /// Whether one fragment is all that there is.
    sole: bool,
}

impl Asked {
    /// What the document has for the field at hand.
    pub(crate) fn of(context: &ResolverContext<'_>) -> Asked {
        let on = |selection: &Positioned<Selection>| match &selection.node {
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref()?;
                Some(on.node.on.node.to_string())
            }
            Selection::FragmentSpread(spread) => {
                let fragment = context.query_env.fragments.get(&spread.node.fragment_name.node)?;
                Some(fragment.node.type_condition.node.on.node.to_string())
            }
            Selection::Field(_) => None,
        };
        let items = &context.item.node.selection_set.node.items;
        let types: Vec<String> = items.iter().filter_map(on).collect();
        Asked {
            sole: items.len() == 1 && types.len() == 1,
            types,
        }
    }
}

/// Gives objects their types where the executor needs to know them.
pub(crate) struct Types<'a> {
    /// Knows the objects.
    pub(crate) resolve: &'a dyn Resolve,
    /// None where the type follows from the field.
    pub(crate) asked: Option<&'a Asked>,
}

impl Types<'_> {
    /// The value as the executor takes it.
    pub(crate) fn value(&self, resolved: Resolved) -> async_graphql::Result<Option<FieldValue<'static>>> {
        Ok(match resolved {
            Resolved::Value(serde_json::Value::Null) => None,
            Resolved::Value(value) => Some(json_value(value)?),
            Resolved::Object(id) => {
                let type_name = self.asked.map(|asked| self.name(&id, asked)).transpose()?;
                let value = FieldValue::owned_any(id);
                Some(match type_name {
                    Some(name) => value.with_type(name),
                    None => value,
                })
            }
            Resolved::List(items) => {
                let items = items
                    .into_iter()
                    .map(|item| Ok(self.value(item)?.unwrap_or(FieldValue::NULL)));
                Some(FieldValue::list(items.collect::<async_graphql::Result<Vec<_>>>()?))
            }
        })
    }

    fn name(&self, id: &ObjectId, asked: &Asked) -> async_graphql::Result<String> {
        let types: Vec<&str> = asked.types.iter().map(String::as_str).collect();
        let found = self.resolve.type_name(id, &types);
        let wrong = |message: String| async_graphql::Error::new(message);
        match (found, types.as_slice()) {
            (Some(found), [only]) if asked.sole && found != *only => {
                Err(wrong(format!("{id} is a {found}, but a {only} is needed")))
            }
            (Some(found), _) => Ok(found),
            (None, [only]) => Err(wrong(format!("{id} is a {}, but a {only} is needed", id.type_name()))),
            (None, _) => Err(wrong(format!(
                "the type {} of {id} is not known here; ask for an interface",
                id.type_name()
            ))),
        }
    }
}

/// A list stays a list of values, so that element types are checked; everything else is one value.
fn json_value(value: serde_json::Value) -> async_graphql::Result<FieldValue<'static>> {
    Ok(match value {
        serde_json::Value::Array(items) => FieldValue::list(
            items
                .into_iter()
                .map(json_value)
                .collect::<async_graphql::Result<Vec<_>>>()?,
        ),
        other => FieldValue::value(ConstValue::from_json(other)?),
    })
}
